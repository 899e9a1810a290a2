using System.Text;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>One desk for the whole sweep: what one command leaves behind is the next one's trouble.</summary>
public sealed class HostileDesk : IAsyncLifetime
{
    internal Desk Desk { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Desk = await Desk.Open();
        await Desk.Hires("everybody", [.. Roles.All.Select(r => r.Role)]);
        await Desk.Types("tam", "/escalate new acme sev2 Down");
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}

/// <summary>
/// Every command there is, with what people should not type (ALL-2, ALL-6): always an answer, never a fault, never a
/// ping, and what was typed is in the answer, in the form that opened, or kept.
/// </summary>
public sealed partial class HostileInputTests(HostileDesk hostile) : IClassFixture<HostileDesk>
{
    private const string Who = "everybody";

    /// <summary>Stands at the end of everything that is typed, where it is cut off first.</summary>
    private const string Marker = "zebra";

    private const string Pings =
        "@all @channel @here <!here> <!channel> <@all> [x](https://evil.test) **b** _i_ `c` ``` | # ~town-square \u202E\u2066";

    public static TheoryData<string> Commands
    {
        get
        {
            var builder = new FeatureBuilder(new ServiceCollection());
            AllFeatures.Register(builder);
            return
            [
                .. builder.Build().Commands.Where(c => !c.Spec.IsInternal).Select(c => c.Spec.Path),
            ];
        }
    }

    private static IEnumerable<string> Inputs
    {
        get
        {
            var words = string.Join(' ', Enumerable.Repeat("word", 2000));
            string[] tails =
            [
                "",
                "one two three four five six seven eight",
                new string('x', 10_000),
                words,
                Pings,
                "\"never closed",
                "“„«\\\" ''",
                "\uFFFE\uFFFF\u0001\u200B\u200D",
            ];
            string[] heads = ["", "ESC-1 ", "ESC-99 ", "acme "];
            return heads
                .SelectMany(head => tails.Select(tail => $"{head}{tail} {Marker}"))
                .Prepend("")
                .Append($"ESC-99999999999999999999 -1 {Marker}");
        }
    }

    private static int _fresh;

    private Desk Desk => hostile.Desk;

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task ALL_2_ALL_6_A_command_takes_whatever_is_typed(string path)
    {
        var wrong = new List<string>();
        foreach (var input in Inputs)
        {
            var line = $"/escalate {path} {input}".Replace("  ", " ", StringComparison.Ordinal);
            Desk.Clock.Advance(TimeSpan.FromSeconds(1));
            await PutAway();
            var before = await LastEntry();
            var outcome = await Desk.Types(Who, line);
            var form = Desk.Mattermost.OpenDialogOf(Who);
            var problem =
                outcome.Status != 200 || outcome.Error is not null ? $"status {outcome.Status}"
                : Reference().IsMatch(outcome.Text) ? "fault"
                : outcome.Text.Length == 0 && form is null ? "no answer"
                : HasPing(outcome.Text) ? "ping"
                : input.Contains(Marker)
                && !outcome.Text.Contains(Marker)
                && !In(form).Contains(Marker)
                && !await Kept(before)
                    ? "lost"
                : null;
            if (problem is not null)
            {
                wrong.Add($"{problem}: {Short(line)} -> {Short(outcome.Text)}");
            }
        }

        wrong.AddRange(PostsWithPings().Select(text => $"ping in a post: {Short(text)}"));
        wrong.ShouldBeEmpty();
        Desk.Mattermost.DialogProblems.ShouldBeEmpty();
        Desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("edit ESC-{0}")]
    [InlineData("decline ESC-{0}")]
    [InlineData("customer add")]
    [InlineData("customer edit acme")]
    [InlineData("customer edit acme owners")]
    [InlineData("customer edit acme deployment")]
    [InlineData("customer edit acme links")]
    [InlineData("customer edit acme usage")]
    public async Task ALL_2_A_form_that_is_too_long_or_has_unknown_choices_stays_open(string opens)
    {
        var customer = $"fresh-{Interlocked.Increment(ref _fresh)}";
        await Desk.Knows(customer, customer, 90_000);
        var raised = await Desk.Types(Who, $"/escalate new {customer} sev2 Down");
        var number = Number().Match(raised.Text).Groups[1].Value;
        foreach (
            var answer in (string[])
                [new string('x', 20_000), $"{Pings} {new string('y', 3000)}", $"{Marker}\uFFFE"]
        )
        {
            Desk.Clock.Advance(TimeSpan.FromSeconds(1));
            await PutAway();
            await Desk.Types(Who, $"/escalate {opens.Replace("{0}", number)}");
            var form = Desk.Mattermost.OpenDialogOf(Who).ShouldNotBeNull();
            var isChosen = form.Elements.Any(e => e.Options is { Count: > 0 });
            var outcome = await Desk
                .Mattermost.As(Who)
                .SubmitRaw(
                    form,
                    form.Elements.ToDictionary(e => e.Name, _ => (object?)answer),
                    cancelled: false
                );
            await Desk.Settled();
            outcome.Status.ShouldBe(200);
            outcome.AppError.ShouldBeNull();
            Reference().IsMatch(outcome.Error).ShouldBeFalse(outcome.Error);
            outcome.FieldErrors.Values.ShouldAllBe(e => !Reference().IsMatch(e));
            if (answer.Length > 3000 || isChosen)
            {
                outcome.Closed.ShouldBeFalse($"{opens}: {Short(answer)}");
                (outcome.Error.Length + outcome.FieldErrors.Count).ShouldBeGreaterThan(0);
            }
        }

        PostsWithPings().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("edit ESC-{0}")]
    [InlineData("customer add")]
    public async Task ALL_2_A_form_without_what_it_needs_stays_open(string opens)
    {
        // One of its own: other tests may have ended the others by now.
        var customer = $"fresh-{Interlocked.Increment(ref _fresh)}";
        await Desk.Knows(customer, customer, 90_000);
        Desk.Clock.Advance(TimeSpan.FromSeconds(10));
        var raised = await Desk.Types(Who, $"/escalate new {customer} sev2 Down");
        var number = Number().Match(raised.Text).Groups[1].Value;
        await PutAway();
        await Desk.Types("lead", $"/escalate {opens.Replace("{0}", number)}");
        var outcome = await Desk
            .Mattermost.As("lead")
            .SubmitRaw(
                Desk.Mattermost.OpenDialogOf("lead").ShouldNotBeNull(),
                new Dictionary<string, object?>(),
                cancelled: false
            );
        outcome.Closed.ShouldBeFalse();
        outcome.FieldErrors.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task ALL_6_A_trigger_word_takes_whatever_follows_it()
    {
        foreach (var input in Inputs)
        {
            Desk.Clock.Advance(TimeSpan.FromSeconds(1));
            var written = await Desk.Writes(Who, $"sev1! {input}");
            var replies = Desk
                .Mattermost.Posts(Sidecar.Tests.Harness.Desk.Square)
                .SkipWhile(p => p.Id != written.Id)
                .Skip(1)
                .ToList();
            replies.ShouldNotBeEmpty(Short(input));
            foreach (var text in replies.SelectMany(Texts))
            {
                Reference().IsMatch(text).ShouldBeFalse(Short(text));
                HasPing(text).ShouldBeFalse(Short(text));
            }
        }

        PostsWithPings().ShouldBeEmpty();
        Desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task ALL_2_A_button_and_a_menu_take_whatever_is_sent()
    {
        var customer = $"fresh-{Interlocked.Increment(ref _fresh)}";
        await Desk.Knows(customer, customer, 90_000);
        await Desk.Types(Who, $"/escalate new {customer} sev2 Down");
        var menus = Desk.Cards()[^1].Actions.Where(a => a.Type == "select").Select(a => a.Name);
        foreach (var choice in (string[])["", Marker, Pings, "Approve", "0", new string('x', 3000)])
        {
            foreach (var menu in menus)
            {
                // Each choice brings the card up to date, and its menus to rest.
                await Desk.Settled();
                var card = Desk.Cards()[^1];
                var action = card.Actions.Single(a => a.Name == menu);
                Desk.Clock.Advance(TimeSpan.FromSeconds(1));
                var outcome = await Desk.Mattermost.As(Who).ClickRaw(card.Id, action.Id!, choice);
                outcome.Status.ShouldBe(200);
                outcome.Text.ShouldNotBeEmpty($"{action.Name} {choice}");
                Reference().IsMatch(outcome.Text).ShouldBeFalse($"{action.Name}: {outcome.Text}");
                HasPing(outcome.Text).ShouldBeFalse(outcome.Text);
            }
        }

        await Desk.Settled();
        Desk.Cards()[^1].Field("State").ShouldBe("Accepted");
        Desk.Cards()[^1].Field("Owner").ShouldBe("nobody yet");
    }

    private async Task PutAway()
    {
        if (Desk.Mattermost.OpenDialogOf(Who) is { } form)
        {
            await Desk.Mattermost.As(Who).CancelDialog(form);
        }
    }

    private async Task<long> LastEntry()
    {
        var (last, page) = (0L, 0);
        do
        {
            var read = await Desk.Store.Engine.ReadAudit(
                last,
                1000,
                TestContext.Current.CancellationToken
            );
            page = read.Count;
            last = page > 0 ? read[^1].Sequence : last;
        } while (page == 1000);

        return last;
    }

    private async Task<bool> Kept(long after) =>
        (await Desk.Store.Engine.ReadAudit(after, 100, TestContext.Current.CancellationToken)).Any(
            e => Encoding.UTF8.GetString(e.Entry.Body.Span).Contains(Marker)
        ) || Desk.MessagesTo(Who).TakeLast(2).Any(p => Texts(p).Any(t => t.Contains(Marker)));

    private IEnumerable<string> PostsWithPings() =>
        Desk
            .Mattermost.Channels.SelectMany(c => Desk.Mattermost.Posts(c.Id))
            .Where(p => p.UserId == Desk.Bot.Id)
            .SelectMany(Texts)
            .Where(t => HasPing(t) || t.Any(c => c is '\u202E' or '\u2066'));

    private static IEnumerable<string> Texts(Post post) =>
        post
            .Attachments.SelectMany(a =>
                (string[])
                    [
                        a.Title,
                        a.Text,
                        a.Pretext,
                        a.Footer,
                        a.Fallback,
                        .. (a.Fields ?? []).Select(f => f.Value?.ToString() ?? ""),
                    ]
            )
            .Prepend(post.Message);

    private static string In(OpenedDialog? form) =>
        form is null
            ? ""
            : string.Join('\n', form.Elements.Select(e => e.Default).Append(form.IntroductionText));

    /// <summary>Code is shown as it is and pings nobody.</summary>
    private static bool HasPing(string text)
    {
        var outside = new StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            var run =
                text.AsSpan(at).IndexOfAnyExcept('`') is var n && n < 0 ? text.Length - at : n;
            if (run == 0 || (at > 0 && text[at - 1] == '\\'))
            {
                outside.Append(text[at++]);
                continue;
            }

            var fence = text.Substring(at, run);
            var end = at + run;
            do
            {
                end = text.IndexOf(fence, end, StringComparison.Ordinal);
            } while (end >= 0 && !IsWholeRun(text, end, run) && ++end > 0);

            at = end < 0 ? at + run : end + run;
        }

        return Ping().IsMatch(outside.ToString());
    }

    private static bool IsWholeRun(string text, int at, int length) =>
        (at == 0 || text[at - 1] != '`')
        && (at + length >= text.Length || text[at + length] != '`');

    private static string Short(string text) =>
        text.Length <= 300 ? text : $"{text[..150]} … {text[^150..]}";

    [GeneratedRegex(@"@(all|channel|here)\b|<!|<@")]
    private static partial Regex Ping();

    [GeneratedRegex(@"\bref [0-9a-f]{6}\b")]
    private static partial Regex Reference();

    [GeneratedRegex(@"ESC-(\d+)")]
    private static partial Regex Number();
}
