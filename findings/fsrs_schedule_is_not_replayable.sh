#!/usr/bin/env bash
# fsrs 6.3.2 (a scheduler for spaced repetition): the same card with the same reviews at the same times comes due on
# different days, and its saved state holds nothing that would settle which.
#
# Intervals are "fuzzed" by default with Python's global random, without a seed in the scheduler or the card; to_json()
# of scheduler and card before the review are equal, the due dates after it are not. Replaying a log of reviews gives
# another plan than the learner saw. With enable_fuzzing=False it is the same every time. Besides, each Card() without
# an id sleeps a millisecond, so that its id, the clock's milliseconds, is new: 1,000 cards take over a second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check fsrs==6.3.2
"$folder/env/bin/python" - <<'PY'
import time
from datetime import datetime, timezone

from fsrs import Card, Rating, Scheduler

START = datetime(2026, 1, 5, 9, 0, tzinfo=timezone.utc)


def played(fuzzing: bool) -> tuple[str, datetime]:
    """What the scheduler holds, and when one card is due after the same three reviews."""
    scheduler, card = Scheduler(enable_fuzzing=fuzzing), Card(card_id=1, due=START)
    for day, rating in ((5, Rating.Good), (6, Rating.Good), (20, Rating.Easy)):
        card, _ = scheduler.review_card(card, rating, START.replace(day=day))
    return scheduler.to_json(), card.due


with_fuzz = [played(True) for _ in range(60)]
without = [played(False) for _ in range(60)]
slept = time.monotonic()
for _ in range(1000):
    Card()
slept = time.monotonic() - slept
states, dues = {state for state, _ in with_fuzz}, sorted({due.date().isoformat() for _, due in with_fuzz})
print(f"fsrs 6.3.2: {len(states)} scheduler state, {len(dues)} due dates from {dues[0]} to {dues[-1]}")
print(f"without fuzzing: {len({due for _, due in without})} due date; 1,000 new cards: at least one second: {slept >= 1.0}")
assert len(states) == 1 and len(dues) > 1, "the behaviour has changed"
assert len({due for _, due in without}) == 1 and slept >= 1.0, "the behaviour has changed"
print("as found: one state, many plans")
PY
