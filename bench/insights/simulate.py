"""Audience numbers with a known truth: made-up logs in which every effect is known exactly.

    traits ──► quiet days ──► + plants (spike, rate, jump) ──► log (`spoil`) ──► Case

Wider than any one blog: base rates from one a week to 150 a day, straight and accelerating
growth, seasons, weekly habits, noise that hangs together and has heavy tails, losses. All
chance comes from the seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.insights import spoil
from metrics_insight.model import Kind

Array = NDArray[Any]
PLANTS = ("spike", "rate", "jump", "dip", "pair", "close pair", "near pair")
SIZES = (2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 25.0)
APART = 45
"""Plants, counting changes and what spoils a log keep so many days from each other."""
DISTANCES = {"pair": range(APART, APART + 15), "close pair": range(1, 8), "near pair": range(8, 28)}


@dataclass(frozen=True)
class Traits:
    """What an audience is like: drawn once for each seed, reported as strata."""

    days: int
    rate: float
    growth: str
    week: float
    season: float
    together: float
    noise: float
    tails: bool
    dispersion: float
    losses: float


@dataclass(frozen=True)
class Plant:
    """Something that truly happened: its shape, first day, and size.

    The size is that of its first week in units of how far a quiet week strays.
    """

    shape: str
    day: int
    size: float


@dataclass(frozen=True)
class Logged:
    """An event as it stands in the log: its day, and whether it is true, a decoy or counting."""

    day: int
    role: str


@dataclass(frozen=True, eq=False)
class Case:
    """One made-up log: the ``log`` as recorded, ``extra`` the true effect of each day.

    ``planted`` is one of PLANTS, or "none"; ``parts`` are the effects of each plant alone.
    """

    seed: int
    kind: Kind
    planted: str
    log: spoil.Log
    extra: Array
    plants: tuple[Plant, ...]
    events: tuple[Logged, ...]
    traits: Traits
    parts: tuple[Array, ...] = ()


def make(seed: int, planted: str = "none") -> Case:
    """The case of a seed: the same for ever."""
    chance = np.random.default_rng([20261, seed])
    traits = _traits(chance)
    kind: Kind = "stock" if chance.random() < 0.7 else "flow"
    quiet = _quiet(chance, traits)
    plants = _plants(chance, planted, traits.days)
    parts = tuple(_effect(chance, plant, quiet) for plant in plants)
    extra = sum(parts, np.zeros(traits.days))
    gains = quiet + extra
    if kind == "flow":
        gains, extra = np.maximum(gains, 0), np.maximum(gains, 0) - np.maximum(quiet, 0)
        parts = tuple(np.maximum(quiet + part, 0) - np.maximum(quiet, 0) for part in parts)
    days = [plant.day for plant in plants]
    lasting = any(plant.shape == "rate" for plant in plants)
    counting = -1 if lasting else spoil.counting_day(chance, traits.days, days)
    log = spoil.write(chance, gains, kind, days, counting=counting)
    events = _events(chance, traits.days, days)
    if counting >= 0:
        events.append(Logged(counting, "counting"))
    ordered = tuple(sorted(events, key=lambda event: (event.day, event.role)))
    return Case(seed, kind, planted, log, extra, plants, ordered, traits, parts)


def _traits(chance: np.random.Generator) -> Traits:
    low = chance.random() < 0.1
    return Traits(
        days=int(chance.choice([240, 365, 540, 720, 1100], p=[0.15, 0.25, 0.3, 0.2, 0.1])),
        rate=float(np.exp(chance.uniform(np.log(0.15), 0) if low else chance.uniform(0, 5))),
        growth=str(chance.choice(["none", "none", "up", "down", "steep", "exponential", "wander"])),
        week=float(chance.choice([0, 0.1, 0.3, 0.5])),
        season=float(chance.choice([0, 0, 0, 0.3])),
        together=float(chance.choice([0, 0.2, 0.4, 0.6])),
        noise=float(chance.choice([0, 0.1, 0.2, 0.35])),
        tails=bool(chance.random() < 0.3),
        dispersion=float(chance.choice([1, 1.5, 3])),
        losses=float(chance.choice([0, 0, 0.15, 0.5])),
    )


def _quiet(chance: np.random.Generator, traits: Traits) -> Array:
    days = np.arange(traits.days)
    week = np.exp(traits.week * chance.normal(size=7))
    mean = traits.rate * _growth(chance, traits) * (week / week.mean())[days % 7]
    mean = mean * (1 + traits.season * np.sin(2 * np.pi * (days / 365.25 + chance.random())))
    strays = np.clip(traits.noise * _together(chance, traits), -2, 2)
    mean = np.maximum(mean * np.exp(strays - traits.noise**2 / 2), 1e-9)
    gains = _counts(chance, mean, traits.dispersion)
    left: Array = gains - chance.poisson(traits.losses * mean)
    return left


def _growth(chance: np.random.Generator, traits: Traits) -> Array:
    share = np.linspace(0, 1, traits.days)
    courses: dict[str, Array] = {
        "none": np.ones(traits.days),
        "up": 1 + 0.5 * share,
        "down": 1 - 0.5 * share,
        "steep": 1 + 1.5 * share**2,
        "exponential": np.exp(share * traits.days / 365),
        "wander": np.exp(np.cumsum(chance.normal(0, 0.008, traits.days))),
    }
    return courses[traits.growth]


def _together(chance: np.random.Generator, traits: Traits) -> Array:
    """Noise of scale 1 in which each day carries on a share of the day before."""
    fresh = chance.normal(size=traits.days)
    if traits.tails:
        fresh = chance.standard_t(3, size=traits.days) / np.sqrt(3)
    noise = np.zeros(traits.days)
    for day in range(1, traits.days):
        noise[day] = traits.together * noise[day - 1]
        noise[day] += np.sqrt(1 - traits.together**2) * fresh[day]
    return noise


def _counts(chance: np.random.Generator, mean: Array, dispersion: float) -> Array:
    if dispersion == 1:
        return chance.poisson(mean).astype(float)
    shape = mean / (dispersion - 1)
    return chance.poisson(chance.gamma(shape, dispersion - 1)).astype(float)


def _plants(chance: np.random.Generator, planted: str, days: int) -> tuple[Plant, ...]:
    """What is planted; the two of a pair lie as far apart as DISTANCES say."""
    if planted == "none":
        return ()
    first, last = min(120, days // 3), days - 40
    shapes, apart = [planted], 0
    if "pair" in planted:
        among = ["spike", "jump", "rate"] if planted == "near pair" else ["spike", "jump"]
        shapes = [str(shape) for shape in chance.choice(among, 2)]
        last -= DISTANCES[planted].stop if planted == "pair" else 7
    day = int(chance.integers(first, last))
    if planted in DISTANCES:
        distances = DISTANCES[planted]
        apart = int(chance.integers(distances.start, distances.stop))
    sizes = [float(chance.choice(SIZES)) for _ in shapes]
    return tuple(
        Plant(shape, day + apart * number, size)
        for number, (shape, size) in enumerate(zip(shapes, sizes, strict=True))
    )


def _effect(chance: np.random.Generator, plant: Plant, quiet: Array) -> Array:
    """What a plant adds to each day: counted things, so whole numbers."""
    days, day = len(quiet), plant.day
    extra, total = np.zeros(days), plant.size * _week_noise(quiet)
    since = np.arange(days - day)
    if plant.shape == "spike":
        fade = np.exp(-since / chance.choice([0.7, 1.5, 3.0, 8.0])) * (since < 40)
        extra[day:] = chance.poisson(total * fade / fade[:7].sum())
    elif plant.shape == "jump":
        extra[day] = round(total)
    elif plant.shape == "dip":
        extra[day] = -round(total)
    elif chance.random() < 0.7 or total / 7 > 0.8 * quiet[max(day - 56, 0) : day].mean():
        extra[day:] = chance.poisson(np.full(days - day, total / 7))
    else:
        lost = chance.poisson(np.full(days - day, total / 7))
        extra[day:] = -np.minimum(lost, np.maximum(quiet[day:], 0))
    return extra


def _week_noise(quiet: Array) -> float:
    """How far a quiet week strays from the weeks around it."""
    padded = np.pad(quiet, 28, mode="reflect")
    around = np.convolve(padded, np.ones(57) / 57, "valid")
    return max(float(np.convolve(quiet - around, np.ones(7), "valid").std()), 1.0)


def _events(chance: np.random.Generator, days: int, true: list[int]) -> list[Logged]:
    """The log of events: seven of ten true ones, and two to six decoys."""
    events = [Logged(day, "true") for day in true if chance.random() < 0.7]
    decoys = chance.integers(30, days - 10, size=int(chance.integers(2, 7)))
    return [*events, *(Logged(int(day), "decoy") for day in decoys)]
