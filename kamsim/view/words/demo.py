"""What a demonstration says between its moves; why it makes each stands in the menu."""

from __future__ import annotations

from typing import Final

QUARTER_OPENS: Final = "A new quarter. First what waits for an answer, then the people, then the prices."
QUARTER_CLOSES: Final = "The hours are spent. Let us see what came of them."
ENDED: Final = "That was a careful player. Now you: the same customers, your own judgement."
