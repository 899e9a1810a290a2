using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.MySummary;

/// <summary><c>/escalate me daily</c>: the summary by direct message every working day (WEEK-2).</summary>
internal sealed class SetDailySummary(Store store, PeopleDirectory people, TimeProvider clock)
    : ISlashCommand
{
    private const int MinutesOfDay = 24 * 60;

    private static readonly Parameter<string> When = Arguments.Rest(
        "when",
        "At which time? Write it as in `8:30`, or `off`."
    ) with
    {
        Usage = "[8:30 | off]",
        IsOptional = true,
    };

    public static Permission Permission { get; } =
        Permission.Everybody("get a daily summary of what is theirs");

    public static CommandSpec Spec { get; } =
        new("me daily", "Get your summary every working day", When)
        {
            Examples = ["me daily", "me daily 8:30", "me daily off"],
            Details =
                "By direct message, by the clock of your zone, on your working days; not while you are out of office, and not when there is nothing.",
        };

    /// <summary>What the audit trail files it under.</summary>
    public static string SubjectOf(UserId person) => "daily-summary/" + person.Value;

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var typed = call.Get(When) ?? "";
        if (typed.Length == 0)
        {
            return Reply.Say(await Shown(by, cancel));
        }

        if (NoneWord.Is(typed))
        {
            return Reply.Say(
                await Set(by, to: null, cancel)
                    ? Markdown.Of(
                        $"You get no daily summary any more. {ReviewWords.Command("me")} shows it whenever you want."
                    )
                    : Markdown.Of($"You get no daily summary, so nothing was changed.")
            );
        }

        if (TypedClock.Read(typed) is not { } time)
        {
            return Reply.No(
                ReviewProblem.Of(
                    $"“{MarkdownEscaper.Shorten(typed, 40)}” is not a time of day: write it as in `8:30`, `8am` or `17:00`, or `off`. It is taken in your own time zone."
                )
            );
        }

        var isNew = await Set(by, new TimeOfDay(time.Minutes % MinutesOfDay), cancel);
        var shown = await Shown(by, cancel);
        return Reply.Say(isNew ? shown : Markdown.Of($"Nothing was changed. {shown}"));
    }

    private async Task<bool> Set(UserId person, TimeOfDay? to, CancellationToken cancel)
    {
        var zone = await people.ZoneOf(person, cancel);
        while (true)
        {
            var read = await store.Find(DailySummary.Kind, person.Value, cancel);
            if (read?.Value.At == to)
            {
                return false;
            }

            var now = clock.GetUtcNow();
            var next = to is { } at
                ? new DailySummary(person, at) { LastOn = read?.Value.LastOn }
                : null;
            var change = new Change(now, person.Value)
                .Record(
                    SubjectOf(person),
                    new DailySummaryFact.Set(person, read?.Value.At, to),
                    SummaryJson.Default.DailySummaryFact
                )
                .Due(SendDailySummary.Kind, person.Value, next?.NextAfter(now, zone));
            _ = (read, next) switch
            {
                (null, { } added) => change.Add(DailySummary.Kind, person.Value, added),
                ({ } before, { } changed) => change.Replace(DailySummary.Kind, before, changed),
                ({ } before, null) => change.Delete(DailySummary.Kind, before),
                _ => change,
            };
            if (await store.Commit(change, cancel))
            {
                return true;
            }
        }
    }

    private async Task<Markdown> Shown(UserId person, CancellationToken cancel)
    {
        if (await store.Find(DailySummary.Kind, person.Value, cancel) is not { Value: var daily })
        {
            return Markdown.Of(
                $"You get no daily summary. {ReviewWords.Command("me daily 8:30")} sends it every working day at that time."
            );
        }

        var zone = await people.ZoneOf(person, cancel);
        return Markdown.Of(
            $"You get your summary at {daily.At.ToString()} ({zone.Id}) on your working days, when there is anything. {ReviewWords.Command("me daily off")} ends it."
        );
    }
}
