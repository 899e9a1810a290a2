using System.Text.Json;
using Shouldly;
using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Chat;

public sealed class CardRendererTests
{
    private static readonly UserId Engineer = new("engineerid");

    private readonly CardRenderer _renderer = new(
        id => id == Engineer ? "engineer" : null,
        control => $"sealed({control.Action}:{control.Payload})",
        "https://sidecar.example/mattermost/action"
    );

    [Fact]
    public void An_escalation_with_everything_on_it() =>
        Matches(
            "escalation.json",
            Markdown.Of($"{Engineer} please look: **ESC-12**"),
            new Card(Markdown.Of($"ESC-12 {"Cluster *down* <b>"}"), Tone.Danger)
            {
                Text = Markdown.Of(
                    $"Raised by {Engineer}, seen by {new UserId("gone")}.\n{"@all \"quoted\" ünï 🚒"}"
                ),
                Fields =
                [
                    new CardField("Severity", Markdown.Of($"Sev 1")),
                    new CardField("Impact", Markdown.Typed("Nobody can log in"), Wide: true),
                ],
                Controls =
                [
                    new CardControl("escalation.acknowledge", "Acknowledge", "12")
                    {
                        Style = ControlStyle.Primary,
                    },
                    new CardControl("escalation.resolve", "Resolve", "12")
                    {
                        Style = ControlStyle.Good,
                    },
                    new CardControl("escalation.cancel", "Cancel", "12")
                    {
                        Style = ControlStyle.Danger,
                    },
                    new CardControl("escalation.severity", "Severity", "12")
                    {
                        Options = [new("Sev 1", "1"), new("Sev 2", "2")],
                    },
                    new CardControl("escalation.assign", "Assign", "12") { OfPeople = true },
                ],
                Footer = Markdown.Of($"Next update in 55 minutes"),
            }
        );

    [Theory]
    [InlineData(Tone.Neutral)]
    [InlineData(Tone.Notice)]
    [InlineData(Tone.Warning)]
    [InlineData(Tone.Success)]
    public void A_small_card_in_each_tone(Tone tone) =>
        Matches($"tone-{tone}.json", Markdown.None, new Card(Markdown.Of($"Checked in"), tone));

    [Fact]
    public void Words_alone_have_no_attachments() =>
        Matches("words.json", Markdown.Of($"{Engineer} is on it."), null);

    [Fact]
    public void Buttons_of_the_same_action_are_told_apart_and_their_ids_stay_the_same()
    {
        var card = new Card(Markdown.Of($"Tasks"), Tone.Neutral)
        {
            Controls =
            [
                new CardControl("task.check", "One", "1"),
                new CardControl("task.check", "Two", "2"),
                new CardControl("ta.sk_check1", "Three", "3"),
            ],
        };

        var ids = Render(card).Actions!.Select(a => a.Id).ToList();

        ids.Distinct().Count().ShouldBe(3);
        ids.ShouldAllBe(id => id.All(char.IsAsciiLetterOrDigit));
        Render(card).Actions!.Select(a => a.Id).ShouldBe(ids);
    }

    [Fact]
    public void A_message_that_is_too_long_is_cut_between_words_and_says_so()
    {
        var text = string.Concat(Enumerable.Repeat("word 🚒 ", 5000));

        var message = _renderer.Render(Markdown.Typed(text), null, CardLimits.Current).Message;

        CardLimits.Runes(message).ShouldBeLessThanOrEqualTo(16_383);
        CardLimits.Runes(message).ShouldBeGreaterThan(16_200);
        message.ShouldEndWith("*(shortened: too long for one message)*");
        message.Split("\n\n*(")[0].ShouldEndWith("🚒");
    }

    [Theory]
    [InlineData("```\ncode that goes on and on and on and on and on and on", 40)]
    [InlineData("abc ``` def ``` and then more than is wanted here", 30)]
    [InlineData(@"\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*\*", 21)]
    public void A_cut_closes_code_blocks_and_tears_no_escape(string text, int runes)
    {
        var cut = CardLimits.Cut(text, runes);

        CardLimits.Runes(cut).ShouldBeLessThanOrEqualTo(runes);
        (cut.Split("```").Length % 2).ShouldBe(1);
        cut.Replace(@"\*", "", StringComparison.Ordinal).ShouldNotContain('\\');
        cut.ShouldEndWith(" …");
    }

    [Theory]
    [InlineData("model.post.is_valid.msg.app_error")]
    [InlineData("model.post.is_valid.message_length.app_error")]
    public void M7_A_server_that_finds_a_post_too_long_is_believed_once(string message)
    {
        const string props = "model.post.is_valid.props.app_error";

        var smaller = CardLimits.Current.After(message).ShouldNotBeNull();
        smaller.ShouldBe(CardLimits.Current with { Message = 4_000 });
        smaller.After(message).ShouldBeNull();
        smaller.After(props).ShouldBe(new CardLimits(4_000, 8_000));
        smaller.After("api.context.permissions.app_error").ShouldBeNull();
        smaller.After(null).ShouldBeNull();
    }

    [Fact]
    public void On_an_old_server_the_longest_text_gives_way_first_and_buttons_stay()
    {
        var card = new Card(Markdown.Of($"ESC-1"), Tone.Danger)
        {
            Text = Markdown.Typed(new string('t', 6000)),
            Fields =
            [
                new CardField("Short", Markdown.Typed("kept")),
                new CardField("Long", Markdown.Typed(new string('f', 1900))),
            ],
            Controls =
            [
                .. Enumerable
                    .Range(0, 5)
                    .Select(i => new CardControl("a.b", $"{i}", new string('p', 300))),
            ],
            Footer = Markdown.Of($"kept as well"),
        };

        var drawn = Render(card, CardLimits.Current with { Props = 8_000 });

        AttachmentSize.Of(drawn).ShouldBeLessThanOrEqualTo(8_000);
        drawn.Actions!.Count.ShouldBe(5);
        drawn.Fields![0].Value.ShouldBe("kept");
        drawn.Fields[1].Value.Length.ShouldBe(1900);
        drawn.Text!.Length.ShouldBeInRange(80, 3100);
        drawn.Footer.ShouldBe("kept as well");
    }

    [Fact]
    public void Whatever_the_limit_it_ends_and_the_result_is_a_card()
    {
        var card = new Card(Markdown.Of($"ESC-1"), Tone.Danger)
        {
            Text = Markdown.Typed(new string('t', 500)),
            Fields = [new CardField("Field", Markdown.Typed(new string('f', 700)))],
            Controls = [new CardControl("a.b", "Button", new string('p', 900))],
            Footer = Markdown.Typed(new string('q', 200)),
        };

        for (var limit = 0; limit < 4000; limit += 37)
        {
            var drawn = Render(card, CardLimits.Current with { Props = limit });
            (AttachmentSize.Of(drawn) <= limit || drawn.Actions is null).ShouldBeTrue();
            drawn.Title.ShouldBe("ESC-1");
        }
    }

    [Fact]
    public void Everybody_on_a_card_is_known_before_it_is_drawn()
    {
        var card = new Card(Markdown.Of($"{new UserId("title")}"), Tone.Neutral)
        {
            Text = Markdown.Of($"{new UserId("text")}"),
            Fields = [new CardField("By", Markdown.Of($"{new UserId("field")}"))],
            Footer = Markdown.Of($"{new UserId("footer")}"),
        };

        card.Mentioned()
            .Select(p => p.Value)
            .ShouldBe(["title", "text", "field", "footer"], ignoreOrder: true);
    }

    private Attachment Render(Card card, CardLimits? limits = null) =>
        _renderer.Render(Markdown.None, card, limits ?? CardLimits.Current).Attachments[0];

    private void Matches(string file, Markdown text, Card? card)
    {
        var drawn = _renderer.Render(text, card, CardLimits.Current);
        var post = new PostPatch(
            drawn.Message,
            new NewProps
            {
                EscalateEffect = "effect",
                Attachments = drawn.Attachments is [] ? null : drawn.Attachments,
            }
        );
        Golden.Match(
            $"Chat/Golden/{file}",
            JsonSerializer.Serialize(post, ChatWire.Json.PostPatch)
        );
    }
}
