"""A right ends while a screen is open: the screen says what happened and the way back, and what was typed is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from playwright.async_api import expect
from pytest_django import DjangoDbBlocker

from sessions.models import Member, Membership, Session, StageLink
from sessions.models.ids import new_token, token_hash
from sessions.views.signin import new_sign_in_link

from . import acts
from .browser import PROJECTOR
from .test_room import Desk, at_a_desk

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

TYPED = "Een kaart die nog niet bewaard is"


@pytest.fixture(autouse=True)
def _database(django_db_blocker: DjangoDbBlocker) -> Any:
    with django_db_blocker.unblock():
        yield


async def do(desk: Desk, act: Callable[[], Any]) -> Any:
    """Let a thread speak to the server's database."""

    def closing() -> Any:
        with desk.server.database():
            try:
                return act()
            finally:
                connection.close()

    return await asyncio.to_thread(closing)


def make_sign_in_link(base: str) -> str:
    member = Member.objects.get(username="facilitator")
    return new_sign_in_link(member, next_path="/programmes/", base=base)


def test_who_is_signed_out_in_another_tab_is_told_and_goes_on_with_what_was_typed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        console = await desk.console("facilitator")
        page = console.page
        await acts.go_to(console, "Welcome")
        await acts.go_to(console, "Profile and brand: write")
        await page.get_by_role("button", name="Type a card").click()
        field = page.get_by_role("form", name="Type a card for someone without a phone").locator("textarea")
        await field.fill(TYPED)
        await page.get_by_role("button", name="Add a step").click()
        title = page.get_by_role("dialog").get_by_label("Dutch").first
        await title.fill("Nog een stap")

        other = await console.context.new_page()
        await other.goto("/programmes/")
        await other.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(field).to_be_hidden()
        await expect(page.get_by_role("link", name="Sign in again")).to_have_attribute(
            "href", f"/signin/?next=/s/{desk.server.code}/console/"
        )
        # Too early: still signed out, and nothing lost by it.
        await page.get_by_role("button", name="Go on here").click()
        await expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()

        link = await do(desk, lambda: make_sign_in_link(console.base))
        await other.goto(link)
        await other.get_by_role("button", name="Sign in").click()
        await other.wait_for_url("**/programmes/**")
        await other.close()
        await page.get_by_role("button", name="Go on here").click()
        await expect(title).to_have_value("Nog een stap")
        await page.get_by_role("dialog").get_by_role("button", name="Close").first.click()
        await page.get_by_role("button", name="Throw away").click()
        await expect(field).to_have_value(TYPED)
        await page.get_by_role("form").locator(".choice", has_text="Education").click()
        await page.get_by_role("button", name="Store card").click()
        await expect(acts.card_on_desk(console, TYPED)).to_have_count(1)

    at_a_desk(tmp_path, story)


def test_who_loses_the_role_and_a_projector_whose_link_is_taken_back_show_nothing_more(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        token = new_token()

        def make_link() -> str:
            session = Session.objects.get(code=desk.server.code)
            StageLink.objects.create(session=session, token_hash=token_hash(token), created_at=timezone.now())
            return session.title_en

        words = await do(desk, make_link)
        console, stage = await desk.console("facilitator"), await desk.screen(PROJECTOR)
        await stage.page.goto(f"/s/{desk.server.code}/stage/?link={token}")
        await expect(stage.page.get_by_text(words).first).to_be_visible()
        await expect(console.page.locator("h1", has_text=words)).to_be_visible()

        def end() -> None:
            Membership.objects.filter(member__username="facilitator").delete()
            StageLink.objects.update(revoked_at=timezone.now())

        await do(desk, end)
        await expect(console.page.get_by_role("heading", name="You no longer run this session")).to_be_visible()
        await expect(console.page.get_by_role("main").get_by_text("Ask the core team.")).to_be_visible()
        await expect(console.page.locator("h1", has_text=words)).to_be_hidden()
        await expect(stage.page.get_by_role("heading", name="This projector link was taken back.")).to_be_visible()
        await expect(stage.page.get_by_text("Open the projector again from the facilitator's screen.")).to_be_visible()
        await expect(stage.page.get_by_text(desk.server.code)).to_have_count(0)

    at_a_desk(tmp_path, story)
