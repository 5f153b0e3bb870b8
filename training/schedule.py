"""How fast the encoder learns, from the first minute to the last."""

from __future__ import annotations

from dataclasses import dataclass

# Two runs that ended at rate 0 and were averaged beat both (xquad-vi dense .894 and .893 -> .907), so a long run is
# cut in cycles that each fall to 0, and their ends are averaged.
_MINUTES_OF_A_CYCLE = 40
_LATER_CYCLE = 0.75
_WARM_UP = 0.03
_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class Schedule:
    """A run of `minutes` at most `peak`, in `cycles` that each warm up and fall to nearly 0."""

    minutes: float
    cycles: int
    peak: float = 3e-4

    @classmethod
    def for_minutes(cls, minutes: float) -> Schedule:
        """Return one cycle up to an hour, then one for each 40 minutes or so."""
        return cls(minutes, max(1, round(minutes / _MINUTES_OF_A_CYCLE)))

    def cycle(self, minutes: float) -> int:
        """Return which cycle that minute belongs to, from 0; `cycles` when all are over."""
        return min(self.cycles, int(minutes / self.minutes * self.cycles))

    def rate(self, minutes: float) -> float:
        """Return the learning rate after that many minutes of training."""
        cycle = self.cycle(minutes)
        inside = minutes / self.minutes * self.cycles - cycle
        warm = min(1.0, inside / _WARM_UP)
        return self.peak * _LATER_CYCLE**cycle * max(_FLOOR, warm * (1 - inside))
