"""Triggers, modals and Home tabs: opened with a trigger_id, filled in, submitted, refused, stacked, closed."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground import InvalidAction, Playground


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def modal(**more: Any) -> dict[str, Any]:
    menu = {
        "type": "static_select",
        "action_id": "day",
        "options": [{"text": text(day), "value": day} for day in ("mon", "tue")],
    }
    search = {"type": "external_select", "action_id": "area", "min_query_length": 2}
    return {
        "type": "modal",
        "callback_id": "watch",
        "title": text("Watch"),
        "submit": text("Save"),
        "private_metadata": "secret",
        "blocks": [
            {
                "type": "input",
                "block_id": "query",
                "label": text("Query"),
                "element": {"type": "plain_text_input", "action_id": "text"},
            },
            {"type": "input", "block_id": "when", "label": text("When"), "optional": True, "element": menu},
            {"type": "input", "block_id": "where", "label": text("Where"), "optional": True, "element": search},
            {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": text("More")}]},
        ],
        **more,
    }


def trigger(slack: Playground, **who: Any) -> str:
    """A fresh trigger_id of Alice's."""
    trigger_id = slack.command("/halo", **who).trigger_id
    assert trigger_id is not None
    return trigger_id


def refusal(call: Any, **arguments: Any) -> Any:
    with pytest.raises(SlackApiError) as refused:
        call(**arguments)
    return refused.value.response


def test_a_trigger_is_good_once_and_for_three_seconds(slack: Playground, client: WebClient, app: Any) -> None:
    """The second use, one after three seconds of the playground's clock, and an invented one are three different
    errors.
    """
    first = trigger(slack)
    client.views_open(trigger_id=first, view=modal())
    assert refusal(client.views_open, trigger_id=first, view=modal())["error"] == "exchanged_trigger_id"
    late = trigger(slack)
    slack.advance(3.1)
    assert refusal(client.views_open, trigger_id=late, view=modal())["error"] == "expired_trigger_id"
    assert refusal(client.views_open, trigger_id="1.2.3", view=modal())["error"] == "invalid_trigger_id"
    slow = trigger(slack)
    slack.advance(2.5)
    assert client.views_open(trigger_id=slow, view=modal())["ok"]


def test_a_refused_view_leaves_the_trigger_unused(slack: Playground, client: WebClient, app: Any) -> None:
    """A view over the limits is invalid_arguments with a pointer; the same trigger then opens a good one."""
    trigger_id = trigger(slack)
    refused = refusal(client.views_open, trigger_id=trigger_id, view=modal(title=text("x" * 25)))
    assert refused["error"] == "invalid_arguments"
    assert refused["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    assert client.views_open(trigger_id=trigger_id, view=modal())["ok"]


def test_update_by_hash(slack: Playground, client: WebClient, app: Any) -> None:
    """views.update takes the hash it gave out, once; what was filled in stays where the input stays."""
    opened = client.views_open(trigger_id=trigger(slack), view=modal(external_id="mine"))["view"]
    slack.click("text", "jira")  # typing into an input sends nothing
    updated = client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(external_id="mine"))["view"]
    assert updated["state"]["values"]["query"]["text"]["value"] == "jira"
    assert (
        refusal(client.views_update, view_id=opened["id"], hash=opened["hash"], view=modal())["error"]
        == "hash_conflict"
    )
    assert client.views_update(external_id="mine", view=modal())["view"]["id"] == opened["id"]
    assert refusal(client.views_update, view_id="V404", view=modal())["error"] == "not_found"
    slack.close_view()
    assert refusal(client.views_update, view_id=opened["id"], view=modal())["error"] == "not_found"


def test_three_views_at_most(slack: Playground, client: WebClient, app: Any) -> None:
    """views.push stacks up to three; the fourth is push_limit_reached; without an open modal there is nothing to push
    onto.
    """
    assert refusal(client.views_push, trigger_id=trigger(slack), view=modal())["error"] == "not_found"
    root = client.views_open(trigger_id=trigger(slack), view=modal())["view"]["id"]
    pushed = [client.views_push(trigger_id=trigger(slack), view=modal())["view"] for _ in range(2)]
    assert [view["root_view_id"] for view in pushed] == [root, root]
    assert pushed[1]["previous_view_id"] == pushed[0]["id"]
    assert refusal(client.views_push, trigger_id=trigger(slack), view=modal())["error"] == "push_limit_reached"


def test_submitting(slack: Playground, client: WebClient, app: Any) -> None:
    """A submission carries what was typed and picked by block_id and action_id; an empty answer closes the modal."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    result = slack.submit({"query": "jira", "day": "tue"})
    assert result.acked
    assert app.last["type"] == "view_submission"
    view = app.last["view"]
    assert (view["callback_id"], view["private_metadata"]) == ("watch", "secret")
    assert view["state"]["values"]["query"]["text"] == {"type": "plain_text_input", "value": "jira"}
    assert view["state"]["values"]["when"]["day"]["selected_option"]["value"] == "tue"
    assert slack.modals() == []


def test_an_empty_required_input_is_not_sent(slack: Playground, client: WebClient, app: Any) -> None:
    """Slack itself asks for required inputs: the app hears nothing. What is not in the modal cannot be filled in."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    heard = len(app.received)
    result = slack.submit({"query": ""})
    assert (result.delivered, result.errors) == (False, {"query": "Please complete this required field."})
    assert len(app.received) == heard
    with pytest.raises(InvalidAction, match="no input"):
        slack.submit({"nonsense": "x"})
    with pytest.raises(InvalidAction, match="offers no option"):
        slack.submit({"query": "x", "day": "sun"})


def test_what_a_submission_may_be_answered_with(slack: Playground, client: WebClient, app: Any) -> None:
    """errors under inputs, update, push and clear change what the person sees."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    app.answer = {"response_action": "errors", "errors": {"query": "Too short"}}
    assert slack.submit({"query": "x"}).errors == {"query": "Too short"}
    assert slack.modals()[0]["errors"] == {"query": "Too short"}
    app.answer = {"response_action": "update", "view": modal(title=text("Saved"))}
    assert slack.submit({"query": "jira"}).acked
    assert slack.modals()[0]["title"]["text"] == "Saved"
    app.answer = {"response_action": "push", "view": modal(title=text("Second"))}
    slack.submit({"query": "jira"})
    assert [view["title"]["text"] for view in slack.modals()] == ["Saved", "Second"]
    app.answer = {"response_action": "clear"}
    slack.submit({"query": "jira"})
    assert slack.modals() == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "x"}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {}}, "invalid_errors"),
        (
            {"response_action": "update", "view": {"type": "modal", "title": text("x" * 25), "blocks": []}},
            "invalid_arguments",
        ),
        ({"response_action": "dance"}, "invalid_response_action"),
        ("Thanks!", "invalid_response_action"),
    ],
)
def test_a_wrong_answer_to_a_submission(
    slack: Playground, client: WebClient, app: Any, answer: Any, error: str
) -> None:
    """What Slack cannot use keeps the modal open and shows "We had some trouble connecting", which goes down as a
    failure.
    """
    client.views_open(trigger_id=trigger(slack), view=modal())
    app.answer = answer
    result = slack.submit({"query": "jira"})
    assert (result.error, result.text) == (error, "We had some trouble connecting. Try again?")
    assert len(slack.modals()) == 1
    assert slack.entries(kind="failure")[-1].error == error


def test_a_late_submission(slack: Playground, client: WebClient, app: Any) -> None:
    """No answer in time keeps the modal open, with the same words."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    app.delay = 0.6
    assert slack.submit({"query": "jira"}).error == "operation_timeout"
    assert len(slack.modals()) == 1


def test_closing(slack: Playground, client: WebClient, app: Any) -> None:
    """view_closed is sent only for a view with notify_on_close; is_cleared says whether the whole stack went."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    assert not slack.close_view().delivered
    client.views_open(trigger_id=trigger(slack), view=modal(notify_on_close=True))
    client.views_push(trigger_id=trigger(slack), view=modal(notify_on_close=True))
    slack.close_view()
    assert (app.last["type"], app.last["is_cleared"]) == ("view_closed", False)
    slack.close_view(everything=True)
    assert app.last["is_cleared"] is True
    with pytest.raises(InvalidAction, match="no modal open"):
        slack.close_view()


def test_buttons_in_a_modal(slack: Playground, client: WebClient, app: Any) -> None:
    """A click in a modal names the view and carries its state, has no response_url, and its trigger can push."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    slack.click("text", "jira")
    result = slack.click("more")
    assert app.last["container"] == {"type": "view", "view_id": slack.modals()[0]["id"]}
    assert app.last["view"]["state"]["values"]["query"]["text"]["value"] == "jira"
    assert "response_url" not in app.last
    assert client.views_push(trigger_id=result.trigger_id, view=modal())["ok"]


def test_external_selects(slack: Playground, client: WebClient, app: Any) -> None:
    """The app is asked from min_query_length on; what it offers can be picked; what breaks the limits is a failure."""
    client.views_open(trigger_id=trigger(slack), view=modal())
    heard = len(app.received)
    assert slack.suggest("area", "j").error == "query_too_short"
    assert len(app.received) == heard
    app.answer = {"options": [{"text": text("Integrations"), "value": "integrations"}]}
    assert [option["value"] for option in slack.suggest("area", "ji").options] == ["integrations"]
    assert (app.last["type"], app.last["value"], app.last["block_id"]) == ("block_suggestion", "ji", "where")
    app.answer = {"options": [{"text": text("x" * 76), "value": "long"}]}
    assert slack.suggest("area", "ji").error == "invalid_options"
    app.answer = None
    slack.submit({"query": "jira", "area": "integrations"})
    assert app.last["view"]["state"]["values"]["where"]["area"]["selected_option"]["text"]["text"] == "Integrations"


def test_home(slack: Playground, client: WebClient, app: Any) -> None:
    """views.publish sets one person's Home; opening it tells the app; buttons in it work; the hash guards it; it is not
    a modal.
    """
    home = {
        "type": "home",
        "blocks": [{"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": text("Go")}]}],
    }
    published = client.views_publish(user_id="UALICE", view=home)["view"]
    client.views_publish(user_id="UALICE", view=home, hash=published["hash"])
    assert (
        refusal(client.views_publish, user_id="UALICE", view=home, hash=published["hash"])["error"] == "hash_conflict"
    )
    assert refusal(client.views_publish, user_id="UALICE", view=modal())["error"] == "invalid_arguments"
    assert refusal(client.views_publish, user_id="U404", view=home)["error"] == "invalid_arguments"
    slack.open_home()
    assert (app.last["event"]["type"], app.last["event"]["tab"]) == ("app_home_opened", "home")
    assert app.last["event"]["view"]["id"] == published["id"]
    assert slack.click("go").acked
    assert app.last["view"]["type"] == "home"
    assert slack.home("UBOB") is None


def test_response_urls_from_a_modal(slack: Playground, client: WebClient, app: Any) -> None:
    """A channel picked in a select with response_url_enabled gives the app a response_url to that channel."""
    pick = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}
    block = {"type": "input", "block_id": "to", "label": text("To"), "element": pick}
    view = {"type": "modal", "title": text("Share"), "submit": text("Share"), "blocks": [block]}
    client.views_open(trigger_id=trigger(slack), view=view)
    slack.submit({"to": "C2"})
    (url,) = app.last["response_urls"]
    assert (url["channel_id"], url["block_id"], url["action_id"]) == ("C2", "to", "where")


def test_shortcuts(slack: Playground, client: WebClient, app: Any) -> None:
    """A global shortcut brings a trigger; a message's brings the message and a response_url too; ephemeral messages
    have none.
    """
    opened = slack.shortcut("ask")
    assert (app.last["type"], app.last["callback_id"]) == ("shortcut", "ask")
    assert client.views_open(trigger_id=opened.trigger_id, view=modal())["ok"]
    ts = slack.say("What about jira?").ts
    assert ts is not None
    slack.message_shortcut("ask_about", ts)
    assert (app.last["type"], app.last["message"]["text"], app.last["channel"]["id"]) == (
        "message_action",
        "What about jira?",
        "C1",
    )
    assert app.last["response_url"].startswith(slack.url)
    ephemeral = client.chat_postEphemeral(channel="C1", user="UALICE", text="Psst")["message_ts"]
    with pytest.raises(InvalidAction):
        slack.message_shortcut("ask_about", ephemeral)
