"""What is drawn anew, where the focus goes, what is remembered."""

from __future__ import annotations

import json

import pygame

from kamsim.desktop.config import Config, load
from kamsim.desktop.pilot import Pilot
from kamsim.desktop.screens.account import AccountPage
from kamsim.desktop.screens.close import ClosePage
from kamsim.desktop.screens.title import Title
from kamsim.errors import LogUnwritable
from kamsim.game.session import Session
from tests.desktop.tour import flown
from tests.engine.worlds import halden


def renders(pilot, act):
    before = pilot.app.stage.pictures.renders
    act()
    pilot.app.frame(force=True)
    return pilot.app.stage.pictures.renders - before


def test_each_place_of_the_rail_opens_by_mouse_and_by_the_keys_that_it_names(tmp_path):
    """What the rail says of its keys is true: from the desk, a click and those keys lead to the same page."""
    with flown(5, tmp_path) as pilot:
        places = [name for name in pilot.names() if name.startswith("rail.")]
        named = {}
        for name in places:
            tip = pilot.app.stage.find(name)[1].tip
            if tip is not None and "Ctrl+" in str(tip):
                named[name] = str(tip).split("Ctrl+")[1][0]
        assert len(named) == 11
        for name, number in named.items():
            pilot.app.go_desk()
            pilot.click(name)
            clicked = pilot.app.screen.rail
            assert clicked == name.removeprefix("rail.")
            pilot.app.go_desk()
            pilot.press(f"Ctrl {number}")
            assert pilot.app.screen.rail == clicked


def test_an_unchanged_picture_draws_nothing_anew(tmp_path):
    """Drawing the same again takes every card from memory, also after the page was made anew."""
    with flown(5, tmp_path) as pilot:
        for go in (
            pilot.app.go_desk,
            pilot.app.go_portfolio,
            lambda: pilot.app.go_account("orvik"),
            pilot.app.go_notes,
        ):
            go()
            pilot.app.frame()
            assert renders(pilot, lambda: None) == 0
            assert renders(pilot, pilot.app.changed) == 0


def test_a_move_of_the_focus_draws_two_cards_at_most(tmp_path):
    """The one that lost it and the one that has it now."""
    with flown(5, tmp_path) as pilot:
        pilot.app.go_account("orvik")
        pilot.press("Tab")
        for _ in range(12):
            assert 1 <= renders(pilot, lambda: pilot.press("Tab")) <= 2


def test_tab_leads_to_everything_and_round(tmp_path):
    """One flat order: everything that takes the focus comes once, then the first again; Shift+Tab goes back."""
    with flown(5, tmp_path) as pilot:
        pilot.app.go_account("orvik")
        pilot.app.frame()
        names, met = pilot.names(), []
        for _ in names:
            pilot.press("Tab")
            met.append(pilot.app.stage.focus)
        assert sorted(met) == sorted(names)
        pilot.press("Tab")
        assert pilot.app.stage.focus == met[0]
        pilot.press("Shift Tab")
        assert pilot.app.stage.focus == met[-1]


def test_arrows_up_and_down_stay_in_a_list_that_tab_leaves(tmp_path):
    """The sentences of a case, its levers, the rail, a table and the ranking: to the end and no further."""
    with flown(5, tmp_path) as pilot:
        stage = pilot.app.stage
        pilot.app.open("case", account="orvik")
        for first, last in (("slot.whom", "slot.paper"), ("rail.desk", "rail.settings")):
            stage.set_focus(first)
            pilot.press("Up")
            assert stage.focus == first
            pilot.press(*["Down"] * 30)
            assert stage.focus == last
            pilot.press("Tab")
            assert stage.focus.split(".")[0] != last.split(".")[0]
        pilot.press("3")
        names = pilot.names()
        levers = names[names.index("slot.paper") + 1 : names.index("room")]
        assert stage.focus in levers and len(levers) > 4
        for way in ("Down", "Up"):
            pilot.press(*[way] * 12)
            assert stage.focus in levers
        pilot.app.go_portfolio()
        pilot.focus("accounts")
        pilot.press(*["Down"] * 20)
        assert stage.focus == "accounts"


def test_the_focus_can_be_seen(tmp_path):
    """Each step of the focus changes the picture, and what has it is in sight."""
    with flown(5, tmp_path) as pilot:
        pilot.app.go_account("orvik")
        pilot.app.frame()
        for _ in pilot.names():
            before = pygame.surfarray.array3d(pilot.app.presenter.surface)
            pilot.press("Tab")
            after = pygame.surfarray.array3d(pilot.app.presenter.surface)
            assert (abs(after.astype(int) - before) > 30).any(axis=2).sum() > 100, pilot.app.stage.focus
            rect = pilot.app.stage.on_screen(pilot.app.stage.focus)
            layer, _ = pilot.app.stage.find(pilot.app.stage.focus)
            assert rect.y >= layer.rect.y - 1 or rect.h > layer.rect.h - 32


def test_a_dialog_traps_the_focus_and_gives_it_back(tmp_path):
    """While a question is open only its answers are reached; Esc brings the focus back."""
    with flown(5, tmp_path) as pilot:
        pilot.app.go_account("orvik")
        pilot.focus("do.scan")
        pilot.press("F1")
        assert set(pilot.names()) == {"help.words", "help.close"}
        pilot.press("Tab", "Tab", "Tab", "Esc")
        assert pilot.app.dialog is None and pilot.app.stage.focus == "do.scan"


def test_figures_explain_themselves(tmp_path):
    """The pointer at rest on a figure, or the focus moved to it, shows what it means."""
    with flown(5, tmp_path) as pilot:
        pilot.app.go_account("orvik")
        pilot.app.frame()
        before = pygame.surfarray.array3d(pilot.app.presenter.surface)
        pilot.hover("fig.profit")
        assert (pygame.surfarray.array3d(pilot.app.presenter.surface) != before).any(axis=2).sum() > 5000
        node = pilot.app.stage.node("fig.profit")
        assert node.tip.title == "Account profit" and len(node.tip.lines) >= 3


def test_zoom_is_kept_and_reflows(tmp_path):
    """Ctrl and + enlarges everything and is remembered; at 200% the page is one column."""
    config = Config(path=tmp_path / "c" / "desktop.json", motion=False)
    with flown(5, tmp_path, config=config) as pilot:
        pilot.app.go_desk()
        pilot.app.frame()
        wide = {unit.node.rect.x for layer in pilot.app.stage.layers if layer.name == "body" for unit in layer.units}
        for _ in range(10):
            pilot.press("Ctrl +")
        narrow = {unit.node.rect.x for layer in pilot.app.stage.layers if layer.name == "body" for unit in layer.units}
        assert len(wide) == 2 and len(narrow) == 1 and pilot.app.stage.scale == 2.0
    assert load(tmp_path / "c" / "desktop.json").zoom == 2.0


def test_an_odd_configuration_is_no_disaster(tmp_path):
    """What cannot be read is as from the start."""
    path = tmp_path / "desktop.json"
    for text in ("", "[]", "{", '{"theme": 3, "zoom": "big", "motion": "no", "places": 7, "name": []}'):
        path.write_text(text, encoding="utf-8")
        assert load(path).theme == "light" and load(path).zoom == 1.0 and load(path).places == {}
    config = Config(path=tmp_path / "file" / "desktop.json")
    (tmp_path / "file").write_text("", encoding="utf-8")
    config.save()


def test_a_session_goes_on_where_it_was_left(tmp_path):
    """On the exact page, after the window was closed in the middle of a quarter."""
    config = Config(path=tmp_path / "desktop.json", motion=False)
    with flown(5, tmp_path, config=config) as pilot:
        pilot.app.go_account("brandt")
        pilot.click("tabs", at=(0.5, 0.5))
        tab = pilot.app.screen.tab
        assert tab != AccountPage(pilot.app, "brandt").tab
        pilot.press("Ctrl Q")
        assert not pilot.app.running
    log = next(tmp_path.glob("*.jsonl"))
    with Pilot(log_dir=tmp_path, config=load(tmp_path / "desktop.json"), session=Session.resume(log)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, AccountPage) and (screen.account, screen.tab) == ("brandt", tab)
        assert json.loads((tmp_path / "desktop.json").read_text())["places"][log.name]["account"] == "brandt"


def test_what_was_kept_of_another_version_is_passed_over(tmp_path):
    """Places that make no sense lead to the desk."""
    with flown(5, tmp_path) as pilot:
        log = pilot.app.play.session.log_path
    odd = [
        {"page": "nowhere"},
        {"page": "account", "account": "nobody"},
        {"page": "price"},
        7,
        {"page": "incident", "account": "orvik"},
    ]
    with Pilot(
        log_dir=tmp_path, config=Config(places={log.name: {"pages": odd}}), session=Session.resume(log)
    ) as pilot:
        assert pilot.app.screen.key() == "desk/6"


def test_the_first_page_starts_and_resumes(tmp_path):
    """Start with a name and a seed; go on from the list."""
    with Pilot(log_dir=tmp_path) as pilot:
        pilot.click("name")
        pilot.type("Team Blue")
        pilot.click("seed")
        pilot.press("Ctrl Backspace")
        pilot.type("12a3")
        pilot.click("quarters", at=(0.98, 0.5))
        pilot.click("start")
        session = pilot.app.play.session
        assert (session.player, session.seed, session.quarters) == ("Team Blue", 123, 13)
    with Pilot(log_dir=tmp_path) as pilot:
        assert isinstance(pilot.app.screen, Title) and pilot.app.stage.focus == "resume.0"
        pilot.press("Enter")
        assert pilot.app.play.session.player == "Team Blue"


def test_the_close_is_told_in_order(tmp_path):
    """Decisions, what was won and lost, people, true cost, volume, profit, why; a guess stands beside the truth."""
    with flown(3, tmp_path) as pilot:
        pilot.app.play.guess("profit_range", [50_000_000, 90_000_000])
        pilot.app.go_desk()
        pilot.press("Ctrl Enter")
        assert "unused" in pilot.describe() or "lapses" in pilot.describe()
        pilot.press("Enter")
        steps = []
        while isinstance(pilot.app.screen, ClosePage):
            steps.append(pilot.app.screen.step)
            if steps[-1] == "profit":
                assert "You said €500,000 to €900,000" in pilot.describe()
            pilot.press("Enter")
        wanted = [
            "decisions",
            "scene1",
            "scene2",
            "scene3",
            "people",
            "cost",
            "volume",
            "profit",
            "why",
            "year",
            "review",
            "range",
        ]
        assert steps == [step for step in wanted if step in steps] and {
            "decisions",
            "cost",
            "volume",
            "profit",
            "why",
            "year",
            "review",
            "range",
        } <= set(steps)


def test_a_disk_that_is_full_is_said_and_nothing_has_changed(tmp_path, monkeypatch):
    """A move that could not be written did not happen; the window stays."""
    with flown(5, tmp_path) as pilot:
        session = pilot.app.play.session

        def full(*_lines):
            raise LogUnwritable("the disk is full")

        before = len(session.commands)
        monkeypatch.setattr(session, "write", full)
        pilot.app.go_account("mira")
        pilot.press("R", "Enter")
        assert "The disk is full" in pilot.describe() and len(session.commands) == before
        pilot.press("Enter")
        assert pilot.app.dialog is None and isinstance(pilot.app.screen, AccountPage)


def test_a_meeting_before_an_answer_leads_back_to_it(tmp_path):
    """From the request to a talk about what would serve them, and back, where the notes mark the trade."""
    with Pilot(log_dir=tmp_path, session=Session.start(halden(), seed=1, log_dir=tmp_path)) as pilot:
        for _ in range(4):
            pilot.press("Enter")
        pilot.click("request.orvik_q1")
        pilot.press("M", "B")
        assert "served by fewer, larger deliveries" in pilot.describe()
        pilot.press("Esc", "T")
        assert "your notes say so" in pilot.describe()
        pilot.press("1", "Enter")
        assert pilot.app.play.session.commands[-1].args["get"] == "fewer_deliveries"


def test_a_part_drawn_anew_is_the_picture_drawn_whole(tmp_path):
    """Whatever is pressed, moved and scrolled on pages with charts, grids and sliders: the surface that was mended in
    parts has every pixel of one of which all is drawn anew, once late cards have come; at a crooked size, too."""
    steps = [*["Tab"] * 4, "Right", "PageDown", "Shift Tab", "PageUp", "Down"]
    with flown(5, tmp_path, config=Config(motion=False, zoom=1.15)) as pilot:
        stage, surface = pilot.app.stage, pilot.app.presenter.surface
        for page in ("case", "offer", "account", "portfolio"):
            pilot.app.open(page, **({} if page == "portfolio" else {"account": "orvik"}))
            for number, key in enumerate([*"345", *steps] if page == "case" else steps):
                pilot.press(key)
                if number % 3 == 0:
                    pilot.move(300 + 40 * number, 260)
                pilot.settle(0.0)
                mended = pygame.surfarray.array3d(surface)
                stage.pictures.clear()
                stage.draw(surface, whole=True)
                assert (pygame.surfarray.array3d(surface) == mended).all(), (page, number, key)


def test_a_lever_is_shown_before_its_charts(tmp_path):
    """The first picture after a lever moved draws its figures, the next one its charts; no chart is left behind."""
    with flown(5, tmp_path) as pilot:
        pilot.app.open("case", account="orvik")
        pilot.press("3")
        pilot.settle()
        before = pilot.app.stage.pictures.renders
        pilot.press("Right")
        first = pilot.app.stage.pictures.renders
        assert first > before and pilot.app.stage.pictures.behind and pilot.app.patience() == 0.0
        assert pilot.app.frame() and not pilot.app.stage.pictures.behind
        assert pilot.app.stage.pictures.renders == first + 2
