using Mattermost.Simulator;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>One thing that happens in the week: somebody does something, or nobody does and time passes.</summary>
/// <param name="At">When, in the team's zone.</param>
/// <param name="Title">As it stands above it in the transcript.</param>
/// <param name="Act">What is done, and what whoever does it reads; null when only time passes.</param>
internal sealed record WeekStep(DateTime At, string Title, Func<Desk, Task<string>>? Act = null)
{
    /// <summary>Doing it once more means something else: then nobody repeats it who got no answer.</summary>
    public bool IsNotRepeated { get; init; }
}

/// <summary>The things that people do, as acts of a step.</summary>
internal static class WeekActs
{
    public static WeekStep Types(this DateTime at, string who, string where, string command) =>
        new(
            at,
            $"@{who} types `{command}` in {where}",
            async desk =>
            {
                var outcome = await desk.Mattermost.As(who).Execute(where, command);
                return Read(desk, who, outcome.Text);
            }
        );

    public static WeekStep Presses(
        this DateTime at,
        string who,
        string what,
        Func<Desk, Post?> post,
        string button,
        string? choice = null
    ) =>
        new(
            at,
            choice is null
                ? $"@{who} presses “{button}” on {what}"
                : $"@{who} chooses “{choice}” in “{button}” on {what}",
            async desk =>
            {
                if (post(desk) is not { } on)
                {
                    return "(Its buttons are gone: it is settled.)";
                }

                var option = choice is null
                    ? null
                    : on.Actions.Single(a => a.Name == button)
                        .Options?.Single(o => o.Text.StartsWith(choice, StringComparison.Ordinal))
                        .Value
                        ?? choice;
                var outcome = await desk.Mattermost.As(who).Click(on.Id, button, option);
                return Read(desk, who, outcome.Text);
            }
        );

    public static WeekStep Submits(
        this DateTime at,
        string who,
        params (string Field, object? Value)[] values
    ) =>
        new(
            at,
            $"@{who} fills in {string.Join("; ", values.Select(v => $"*{v.Field}*: {v.Value}"))}, and submits",
            async desk =>
            {
                var person = desk.Mattermost.As(who);
                // Whoever got no answer still has the form, and presses the button once more.
                var outcome = await person.SubmitDialog(values);
                return string.Join(
                    '\n',
                    (string[])
                        [
                            outcome.Error,
                            .. outcome.FieldErrors.Select(e => $"{e.Key}: {e.Value}"),
                            .. outcome.Ephemerals.Select(e => e.Message),
                        ]
                );
            }
        );

    public static WeekStep Reacts(
        this DateTime at,
        string who,
        string what,
        Func<Desk, Post> post,
        string emoji
    ) =>
        new(
            at,
            $"@{who} reacts with :{emoji}: to {what}",
            async desk =>
            {
                await desk.Mattermost.As(who).React(post(desk).Id, emoji);
                return "";
            }
        )
        {
            IsNotRepeated = true,
        };

    public static WeekStep Nothing(this DateTime at, string title) => new(at, title);

    /// <summary>The newest message of the bot to somebody that has such a button.</summary>
    public static Func<Desk, Post?> MessageTo(string who, string button) =>
        desk => desk.MessagesTo(who).LastOrDefault(p => p.Actions.Any(a => a.Name == button));

    /// <summary>The newest post in a channel that has such a button.</summary>
    public static Func<Desk, Post> In(string channel, string button) =>
        desk => desk.Mattermost.Posts(channel).Last(p => p.Actions.Any(a => a.Name == button));

    private static string Read(Desk desk, string who, string text) =>
        desk.Mattermost.OpenDialogOf(who) is { } dialog ? $"{text}\n{Form(dialog)}".Trim() : text;

    private static string Form(OpenedDialog dialog) =>
        string.Join(
            '\n',
            (string[])
                [
                    $"*A form opens:* **{dialog.Title}**",
                    .. dialog.IntroductionText.Split('\n'),
                    .. dialog.Elements.Select(e =>
                        $"- {e.DisplayName}{(e.Optional ? "" : "\\*")}: {Default(e)}{(e.HelpText.Length > 0 ? $" *({e.HelpText})*" : "")}"
                    ),
                    $"[{dialog.SubmitLabel}]",
                ]
        );

    private static string Default(DialogElement element) =>
        element.Default.Length == 0
            ? "…"
            : element.Options?.FirstOrDefault(o => o.Value == element.Default)?.Text
                ?? element.Default;
}
