using System.Globalization;
using Mattermost.Simulator;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>People who do anything that their client lets them do, in any order, at once and twice; and time, and crashes.</summary>
internal sealed class RandomMoves(Desk desk, Seeded dice, Action<string> note)
{
    private static readonly string[] People =
    [
        "engineer",
        "engineer",
        "lead",
        "lead",
        "tam",
        "product",
        "executive",
        "backup",
    ];

    private static readonly string[] Commands =
    [
        "ack {0}",
        "ack {0}",
        "assign {0} @engineer",
        "assign {0} @lead",
        "assign {0} @product",
        "state {0} investigating",
        "state {0} identified Found it @all",
        "state {0} monitoring",
        "resolve {0} Rolled back",
        "resolve {0}",
        "confirm {0} Their administrator",
        "reopen {0} Down again",
        "reopen {0} And again",
        "approve {0}",
        "approve {0} We support it",
        "accept {0} They churn",
        "edit {0} impact low",
        "edit {0} impact critical",
        "edit {0} effort very-high",
        "edit {0} severity sev1",
        "edit {0} severity sev2",
        "edit {0} severity sev3",
        "edit {0} category deployment",
        "edit {0} category custom",
        "edit {0} category bug",
        "edit {0} category onboarding",
        "edit {0} category feature",
        "edit {0} summary It is number {1}",
        "edit {0} customer acme",
        "edit {0} customer newco",
        "edit {0} customer Acme Labs",
        "link {0} bug https://tickets.test/{1}",
        "link {0} backport yes",
        "link {0} backport none",
        "follow {0}",
        "unfollow {0}",
        "show {0}",
    ];

    /// <summary>What ends it; rarely done, so that there is something to do.</summary>
    private static readonly string[] Ends =
    [
        "close {0}",
        "close {0} Thanks",
        "decline {0} Not ours",
        "cancel {0} Wrong customer",
    ];

    private static readonly string[] OfCustomers =
    [
        "customer set acme arr 40,000",
        "customer set acme arr 400,000",
        "customer set acme-labs arr -",
        "customer set acme-labs arr 90,000",
        "customer set acme-labs name Acme Laboratories",
        "customer set acme-labs name Acme Labs",
        "customer add newco \"NewCo\"",
        "customer set newco arr 60,000",
    ];

    private static readonly TimeSpan[] Times =
    [
        TimeSpan.FromMinutes(7),
        TimeSpan.FromMinutes(16),
        TimeSpan.FromMinutes(50),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(9),
        TimeSpan.FromDays(1),
    ];

    private readonly List<(string Who, OpenedDialog Form)> _leftOpen = [];

    /// <summary>Somebody does something with one of these; or time passes, or the sidecar goes down.</summary>
    public async Task Step(IReadOnlyList<long> numbers)
    {
        await desk.Passes(TimeSpan.FromSeconds(1));
        var number = One(numbers);
        switch (dice.Below(32))
        {
            case < 11:
                await Types(One(People), Command(number));
                break;
            case < 13:
                await AtOnce(number);
                break;
            case < 20:
                await Presses(number);
                break;
            case < 22:
                await Reacts(number);
                break;
            case < 24:
                await FinishesForm();
                break;
            case < 28:
                await Waits(One(Times));
                break;
            case < 30:
                await Types("tam", One(OfCustomers));
                break;
            case 30:
                note("restart");
                await desk.RestartSidecar();
                break;
            default:
                var down = One(Times);
                note($"down for {down}");
                await desk.PassesWhileDown(down);
                break;
        }
    }

    private async Task Types(string who, string line)
    {
        var answer = await desk.Types(who, $"/escalate {line}");
        note($"{who}: {line} -> {FirstLine(answer.Text)}");
        await Answers(who);
    }

    /// <summary>Several people at the same moment, some of them the same.</summary>
    private async Task AtOnce(long number)
    {
        var acts = Enumerable
            .Range(0, 2 + dice.Below(3))
            .Select(_ => (Who: One(People), Line: Command(number)))
            .ToList();
        note($"at once: {string.Join("; ", acts.Select(a => $"{a.Who}: {a.Line}"))}");
        await Task.WhenAll(
            acts.Select(a => desk.Mattermost.As(a.Who).Execute(Desk.Square, $"/escalate {a.Line}"))
        );
        await desk.Settled();
    }

    private async Task Presses(long number)
    {
        var who = One(People);
        var posts = Posts(number)
            .Concat(desk.MessagesTo(who).TakeLast(3))
            .Where(p => p.Actions.Any())
            .ToList();
        if (posts.Count == 0)
        {
            return;
        }

        var post = One(posts);
        var action = One(post.Actions.ToList());
        var chosen =
            action.DataSource == "users" ? One(People)
            : action.Options is { Count: > 0 } options ? One(options).Value
            : null;
        var times = dice.Below(4) == 0 ? 2 : 1;
        note($"{who} presses {action.Name} {chosen} on {FirstLine(post.Message)}, {times} times");
        await Task.WhenAll(
            Enumerable
                .Range(0, times)
                .Select(_ =>
                    desk.Mattermost.As(who)
                        .ClickRaw(
                            post.Id,
                            action.Id!,
                            action.DataSource == "users" ? desk.IdOf(chosen!).Value : chosen
                        )
                )
        );
        await desk.Settled();
        await Answers(who);
    }

    private async Task Reacts(long number)
    {
        var (who, emoji) = (One(People), One(["eyes", "white_check_mark", "tada"]));
        var post = One(Posts(number));
        if (post.Reactions.Any(r => r.UserId == desk.IdOf(who).Value && r.EmojiName == emoji))
        {
            return;
        }

        note($"{who} reacts with {emoji} to ESC-{number}");
        await desk.Reacts(who, post, emoji);
    }

    /// <summary>The form that is open at somebody's client is sent, sent twice, left for later or put away.</summary>
    private async Task Answers(string who)
    {
        if (desk.Mattermost.OpenDialogOf(who) is not { } form)
        {
            return;
        }

        switch (dice.Below(5))
        {
            case 0:
                _leftOpen.Add((who, form));
                await desk.Mattermost.As(who).CancelDialog(form);
                break;
            case 1:
                await Task.WhenAll(Submits(who, form), Submits(who, form));
                break;
            default:
                await Submits(who, form);
                break;
        }

        await desk.Settled();
        if (desk.Mattermost.OpenDialogOf(who) is { } stays)
        {
            await desk.Mattermost.As(who).CancelDialog(stays);
        }
    }

    private async Task FinishesForm()
    {
        if (_leftOpen.Count == 0)
        {
            return;
        }

        var (who, form) = One(_leftOpen);
        await Submits(who, form);
        await desk.Settled();
    }

    private async Task Submits(string who, OpenedDialog form)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var element in dice.Some(form.Elements))
        {
            values[element.Name] =
                element.Options is { Count: > 0 } options ? One(options).Value
                : element.Name == "customer" ? One(["acme", "Acme Labs", "newco"])
                : element.DataSource == "dynamic" ? One(["lead", "engineer", "tam"])
                : element.Type == "date" ? DateOnly.FromDateTime(desk.Clock.GetUtcNow().Date)
                : element.Type == "datetime" ? desk.Clock.GetUtcNow().AddHours(dice.Below(5) - 1)
                : element.Name == "words" ? One(["Because", "They said so", ""])
                : $"Text {dice.Below(5).ToString(CultureInfo.InvariantCulture)}";
        }

        var outcome = await Sends(who, form, values);
        note(
            $"{who} sends “{form.Title}” {string.Join(", ", values.Select(v => $"{v.Key}={v.Value}"))} -> {(outcome.Closed ? "taken" : outcome.Error + string.Join("; ", outcome.FieldErrors.Values))}"
        );
    }

    /// <summary>A form that was left open too long is offered nothing any more: then nothing is chosen in its lists.</summary>
    private async Task<DialogOutcome> Sends(
        string who,
        OpenedDialog form,
        Dictionary<string, object?> values
    )
    {
        try
        {
            return await desk.Mattermost.As(who).SubmitDialog(form, values);
        }
        catch (ArgumentException nothing)
            when (nothing.Message.Contains("it offers: .", StringComparison.Ordinal)
                || nothing.Message.Contains("(expired)", StringComparison.Ordinal)
            )
        {
            foreach (var list in form.Elements.Where(e => e.DataSource == "dynamic"))
            {
                values.Remove(list.Name);
            }

            return await desk.Mattermost.As(who).SubmitDialog(form, values);
        }
    }

    private Task Waits(TimeSpan time)
    {
        note($"{time} pass");
        return desk.Passes(time);
    }

    private List<Post> Posts(long number) =>
        [
            .. ((string[])[Desk.Square, "support", "de"])
                .SelectMany(channel => desk.Cards(channel))
                .Where(p => p.Message.Contains($"**ESC-{number}**")),
        ];

    private string Command(long number) =>
        string.Format(
            CultureInfo.InvariantCulture,
            One(dice.Below(25) == 0 ? Ends : Commands),
            $"ESC-{number}",
            dice.Below(4)
        );

    private T One<T>(IReadOnlyList<T> of) => of[dice.Below(of.Count)];

    private static string FirstLine(string text) => text.Split('\n')[0];
}
