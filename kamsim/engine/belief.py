"""What a player may think of an account: a standing made of what was found out and, for the rest, of public priors.

Nothing here can see a World. `believed_standing` is the middle of the belief in the seen lanes; `believe` draws N
lanes around it for one seen lane, and narrows what is known. Stale facts mislead, as they would.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from kamsim.engine import team
from kamsim.engine.forecast import HORIZON, Noise
from kamsim.engine.influence import shared_out
from kamsim.engine.lanes import EVERYWHERE, Lanes, Where, cut, run, total
from kamsim.engine.luck import Luck, entity_keys
from kamsim.engine.organisation import CASES
from kamsim.engine.sight import Seen
from kamsim.engine.standing import Stake, Standing, known_to, places, stake_known
from kamsim.engine.truth import INERTIA, loyalty, on_time, service_attribute, trusting

UNKNOWN_ENGAGEMENT: Final = 0.2
UNKNOWN_HURDLE: Final = 0.15
WALLET_NOISE: Final = 0.05
"""How far the wallet may move in a quarter, either way; it stays moved."""
ENDS: Final = 0.05
"""Chance a quarter that an initiative ends, in a forecast."""
UNKNOWN_ORIENTATION: Final = 0.5
UNKNOWN_MEASURE: Final = -1.0
_UNKNOWN: Final = {
    "wallet": np.nan, "orientation": UNKNOWN_ORIENTATION, "attack": 0.0, "state": 0.0, "force": 0.0,
    "measure": UNKNOWN_MEASURE, "veto": 0.0, "power": np.nan, "compliance": 1.0,
}  # fmt: skip
"""By kind of fact, what is taken for what nobody has heard."""
_KEYS: Final = entity_keys(f"forecast {name}" for name in ("wallet", "price", "trust", "follow", "live", "share"))


def believed_stake(seen: Seen, account: int, lanes: Where = EVERYWHERE) -> Stake:
    """What a player may think an account has of us; as `believed_standing` has it."""
    params = seen.params
    facts = run(tuple(params.fact_blocks["state"][row] for row in params.account_initiatives[account]))
    unknown = cut(seen.seen_at[facts], lanes) < 0
    state = np.where(unknown, _UNKNOWN["state"], cut(seen.fact[facts], lanes))
    return Stake(**stake_known(seen, account, lanes), state=state, hurdle=np.full(1, UNKNOWN_HURDLE))


def believed_standing(seen: Seen, account: int, lanes: Where = EVERYWHERE) -> Standing:
    """The middle of what a player may think, in some of the seen lanes. Raises nothing: before the first books it is
    empty."""
    params, priors = seen.params, seen.params.priors
    public = known_to(seen, account, lanes)
    people, rows = params.account_people[account], params.account_initiatives[account]
    width = seen.hours_left[lanes].shape[0]
    bound = [int(params.cell_bound[cell]) for cell in params.account_cells[account]]
    about = {"state": rows, "force": rows, "measure": people, "veto": people, "power": people,
             "compliance": [region for region in bound if region >= 0]}  # fmt: skip
    otherwise = {"trust": priors.trust, "price_sensitivity": priors.price_sensitivity, **_UNKNOWN}
    facts, of = places(params, {kind: about.get(kind, (account,)) for kind in otherwise})
    missing = [value for kind, value in otherwise.items() for _ in about.get(kind, (account,))]
    heard = np.where(cut(seen.seen_at[facts], lanes) < 0, np.array(missing)[:, None], cut(seen.fact[facts], lanes))

    def fact(kind: str) -> Lanes:
        """That of the account itself, as last heard (N,)."""
        told: Lanes = heard[of[kind]][0]
        return told

    list_sales = total(public["volume"] * public["list_price"])
    wallet = fact("wallet")
    share = np.where(np.isnan(wallet), priors.share, list_sales / np.maximum(np.nan_to_num(wallet, nan=1.0), 1.0))
    share = np.minimum(np.maximum(share, 0.02), 0.95)
    trust = fact("trust")
    sensitivity = fact("price_sensitivity")
    cells = len(params.account_cells[account]), width
    kept = iter(heard[of["compliance"]])
    return Standing(
        **public,
        share=np.broadcast_to(share, cells),
        growth=np.zeros((cells[0], 1)),
        sensitivity=np.broadcast_to(sensitivity * trusting(trust), cells),
        pace=np.full((cells[0], 1), INERTIA["normal"]),
        loyalty=loyalty(fact("orientation")),
        compliance=np.array(  # all of what was signed where nobody has asked what is bought
            [next(kept) if region >= 0 else np.ones(width) for region in bound]
        ),
        expected=np.zeros((cells[0], 1)),
        follow=np.full(1, priors.follow),
        service_cost=-seen.cost_to_serve[account, lanes],
        variable_service=np.full(1, priors.variable_service),
        order_service=np.full(1, 0.5),
        trust=trust,
        fit=np.full(width, 0.5),
        delivered=service_attribute(np.min(on_time(public["utilisation"]), axis=0)),
        fit_weight=np.full(1, priors.fit),
        service_weight=np.full(1, priors.service),
        state=heard[of["state"]],
        force=heard[of["force"]],
        engagement=np.full((len(rows), width), UNKNOWN_ENGAGEMENT),
        measure=heard[of["measure"]],
        power=shared_out(heard[of["power"]]),
        veto=heard[of["veto"]],
        tie=np.full((len(people), width), 0.3),
        hurdle=np.full(1, UNKNOWN_HURDLE),
        rival_offer=(fact("attack") > 0.0).astype(np.float64),
        craft=team.page_craft(team.seen_craft(seen, CASES, account, lanes)),
    )


def believe(seen: Seen, account: int, lanes: int, seed: int = 0) -> tuple[Standing, Noise]:
    """N futures around the belief of a one-lane `Seen`: the standing in ``lanes`` lanes and the luck of each. The draws
    depend on ``seed`` and the account alone, so that two offers meet the same futures."""
    middle = believed_standing(seen, account)
    priors = seen.params.priors
    luck = Luck(range(seed * 1_000_003, seed * 1_000_003 + lanes))
    cells = len(middle.cells)
    account_key = seen.params.account_keys[account]

    def drawn(place: int, quarter: int = 0) -> Lanes:
        draws: Lanes = luck.triangular("forecast", quarter, _KEYS[place : place + 1] ^ account_key)[0]
        return draws

    spread = priors.spread
    known_price = not np.isnan(seen.known("price_sensitivity", account)[0][0])
    known_wallet = not np.isnan(seen.known("wallet", account)[0][0])
    price = 1.0 + (0.15 if known_price else spread) * drawn(1)
    share = 1.0 + (0.10 if known_wallet else spread) * drawn(5)
    walk = np.ones((HORIZON, cells, lanes))
    live = np.ones((HORIZON, lanes))
    follows = np.zeros((HORIZON, lanes), dtype=bool)
    moved: Lanes = np.zeros(lanes)
    alive: Lanes = np.ones(lanes)
    cell_keys = seen.params.cell_keys[list(middle.cells)]
    for t in range(HORIZON):
        moved = moved + WALLET_NOISE * drawn(0, t + 1)
        walk[t] = np.exp(moved) * (1.0 + 0.03 * luck.triangular("forecast", t + 1, cell_keys))
        alive = alive * (luck.uniform("forecast", t + 1, _KEYS[4:5] ^ account_key)[0] >= ENDS)
        live[t] = alive
        follows[t] = luck.uniform("forecast", t + 1, _KEYS[3:4] ^ account_key)[0] < priors.follow
    made = {name: getattr(middle, name) for name in middle.__dataclass_fields__}
    made["sensitivity"] = middle.sensitivity * price
    made["share"] = np.minimum(0.95, np.maximum(0.02, middle.share * share))
    return Standing(**made), Noise(walk, follows, live)
