"""Where a new claim goes, and where those go that are newer than it.

Where a claim belongs depends on those before it alone. So none before a late one moves; those after it
find their places again, moment by moment, as far as a group that they may belong to has changed.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.alert.claims.claim import Claim
from agents.alert.matching.keys import probes
from agents.alert.matching.match import evidence
from agents.alert.matching.profile import NOTHING, Look, Profile, grown, look, profile
from agents.alert.situations.group import counts, home
from agents.alert.situations.live import Held, Situations
from agents.alert.situations.situation import Situation, Sort

MOVES = 200  # claims that look for their places again because of one, at most; the rest stay where they are

Groups = list[list[Claim]]


def settled(claim: Claim, sort: Sort, situations: Situations) -> tuple[list[Situation], Groups]:
    """The situations that the claim changes, and their claims with it in groups, its own group first.

    A claim that its own withdrawal stands for already is in its group but once.
    """
    gone = next(iter(situations.holding(sort, claim.event_id)), None)
    if gone is not None or situations.newest(sort) > claim.order:
        return _Late(sort, situations).settle(claim, gone)
    known = [(one.situation, one.situation.claims, one.profile) for one in _near(claim, sort, situations)]
    found = home(claim, known, sort[3] == "cumulative")
    return ([found], [[*found.claims, claim]]) if found else ([], [[claim]])


def _near(claim: Claim, sort: Sort, situations: Situations) -> list[Held]:
    near = situations.near(sort, claim)
    return near + [held for held in situations.holding(sort, claim.corrects) if held not in near]


@dataclass(slots=True, eq=False)
class _Group:
    """A group that is not what it was, as it stands at the moment that has been reached.

    `before` is the profile that it had at this moment before the late claim came.
    """

    situation: Situation | None  # None where the late claim, or one that it moved, opened it
    members: list[Claim]
    profile: Profile
    before: Profile

    def keep(self, claim: Claim) -> None:
        """The claim is where it was."""
        self.members.append(claim)
        self.profile, self.before = grown(self.profile, claim), grown(self.before, claim)

    def take(self, claim: Claim) -> None:
        """It was not here before."""
        self.members.append(claim)
        self.profile = grown(self.profile, claim)

    def lose(self, claim: Claim) -> None:
        """It was here before."""
        self.before = grown(self.before, claim)

    def attracts(self, mine: Look, cumulative: bool) -> bool:
        """Could it decide where the claim goes, as it stands or as it stood before?"""
        corrects = mine.claim.corrects
        if corrects and any(one.event_id == corrects for one in self.members):
            return True
        return any(
            known is not NOTHING and counts(mine, known, evidence(mine, known, cumulative))
            for known in (self.profile, self.before)
        )


class _Late:
    """One late claim takes its place, and those after it take theirs."""

    def __init__(self, sort: Sort, situations: Situations) -> None:
        self.sort, self.situations, self.cumulative = sort, situations, sort[3] == "cumulative"
        self.changed: dict[str, _Group] = {}  # by situation; a new one by the claim that opened it

    def settle(self, late: Claim, holder: Held | None) -> tuple[list[Situation], Groups]:
        """As `settled`. `holder` is the situation that holds the claim's withdrawal, where that came first."""
        own, moves = None, 0
        for claim, held in self._from(late, holder):
            group = held and self.changed.get(held.situation.key)
            if held is None:
                own = self._place(late, None)
            elif claim.event_id == late.event_id:
                self._open(held, claim.order).lose(claim)
            elif moves < MOVES and (group or self._affected(claim)):
                moves += 1
                self._place(claim, held)
            elif group:
                group.keep(claim)
        groups = [own, *(group for group in self.changed.values() if group is not own)]
        return [one.situation for one in groups if one.situation], [one.members for one in groups if one.members]

    def _from(self, late: Claim, holder: Held | None) -> Iterator[tuple[Claim, Held | None]]:
        """All claims of the sort from where something changes, in order: the late one, held by none yet, among them."""
        gone = [one.order for one in holder.situation.claims if one.event_id == late.event_id] if holder else []
        after = self.situations.after(self.sort, min([late.order, *gone]))
        at = bisect_left(after, late.order, key=lambda one: one[0].order)
        return iter([*after[:at], (late, None), *after[at:]])

    def _place(self, claim: Claim, old: Held | None) -> _Group:
        """Put a claim where it belongs as things stand. `old` is where it was, None for the late one."""
        found = home(claim, self._standing(claim), self.cumulative)
        if found is None and old is not None and not self._members(old, claim.order):
            found = old  # it has opened this one, and does so still
        if found is None:
            found = self.changed[claim.event_id] = _Group(None, [], NOTHING, NOTHING)
        was = self.changed.get(old.situation.key, old) if old else None
        if found is was or found is old:
            if isinstance(was, _Group):
                was.keep(claim)
            return was
        group = self._open(found, claim.order) if isinstance(found, Held) else found
        group.take(claim)
        if old is not None:
            self._open(old, claim.order).lose(claim)
        return group

    def _standing(self, claim: Claim) -> Iterator[tuple[Held | _Group, Sequence[Claim], Profile]]:
        """The groups that the claim may belong to, as they stand at its moment: those that have a key of its own by then."""
        asked = set(probes(claim, self.cumulative))

        def found(members: Sequence[Claim]) -> bool:
            return any(
                one.event_id == claim.corrects or not asked.isdisjoint(self.situations.keys(self.sort, one))
                for one in members
            )

        for held in _near(claim, self.sort, self.situations):
            if held.situation.key not in self.changed:
                earlier, known = _until(held, claim.order)
                if len(earlier) == len(held.situation.claims) or found(earlier):
                    yield held, earlier, known
        for group in self.changed.values():
            if found(group.members):
                yield group, group.members, group.profile

    def _members(self, held: Held, moment: tuple) -> Sequence[Claim]:
        group = self.changed.get(held.situation.key)
        return group.members if group else _until(held, moment)[0]

    def _open(self, held: Held, moment: tuple) -> _Group:
        """The situation as it stands at a moment, from which on it is another."""
        key = held.situation.key
        if key not in self.changed:
            earlier, known = _until(held, moment)
            self.changed[key] = _Group(held.situation, list(earlier), known, known)
        return self.changed[key]

    def _affected(self, claim: Claim) -> bool:
        """May the claim belong elsewhere, now that some groups have changed?"""
        mine = look(claim)
        return any(group.attracts(mine, self.cumulative) for group in self.changed.values())


def _until(held: Held, moment: tuple) -> tuple[Sequence[Claim], Profile]:
    """A situation's claims before a moment, and the profile that it had then."""
    claims = held.situation.claims
    if claims[-1].order < moment:
        return claims, held.profile
    earlier = claims[: bisect_left(claims, moment, key=lambda one: one.order)]
    return earlier, profile(earlier)
