using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Chat;
using Sidecar.Features.InternalChannels;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Agenda;

/// <summary><c>/escalate agenda set tue 14:00</c>: when the meeting is, and where its agenda is posted; alone it asks.</summary>
internal sealed class PlanAgenda(
    Store store,
    AgendaKeeping agenda,
    InternalChannelCommands channels,
    PeopleDirectory people,
    WorkingTime team,
    SeenClashes clashes,
    TimeProvider clock
) : ISlashCommand, IDialogUpon<AgendaPlanRef>
{
    private const string When = "when";
    private const string Ahead = "ahead";
    private const string Place = "channel";
    private const string Examples =
        "write it as `tue 14:00`, `Wed 9:30 Europe/Berlin` or `Thu 4pm`; a length and `before` may follow, as in `tue 14:00 1d before`";

    private const int LongestLength = 6;

    private static readonly int[] OfferedHours = [1, 2, 4, 8, 24, 48, 72];
    private static readonly TimeSpan Usual = TimeSpan.FromDays(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    // What names no channel is the time.
    private static readonly Parameter<NamedChannel> Where = ListingArguments.Where.OrNothing() with
    {
        Usage = "[~channel, here]",
        Reader = source =>
            source.Next is { } word
            && (SentenceMarks.Name(word, '~') is not null || word.Says("here"))
                ? ListingArguments.Where.Reader(source)
                : ReadArgument.Absent<NamedChannel>(),
    };

    private static readonly Parameter<string> Words = Arguments
        .Rest("when", $"When? For the meeting {Examples}.")
        .OrNothing() with
    {
        Usage = "[tue 14:00, off]",
    };

    public static Permission Permission => AgendaRights.Plan;

    public static CommandSpec Spec { get; } =
        new(
            "agenda set",
            "Say when the weekly meeting is, and where its agenda is posted",
            Where,
            Words
        )
        {
            Examples =
            [
                "agenda set",
                "agenda set tue 14:00",
                "agenda set ~town-square wed 9:30 Europe/Berlin 4h before",
                "agenda set off",
            ],
            Details =
                "The agenda is posted a day before, or as long before as you say, kept current until the meeting begins, and stays then as it is, with notes and decisions. No meeting is held on a holiday of the team. It names prospects, so choosing the channel marks it as internal: one with a guest in it, or shared with another server, can’t be chosen.",
        };

    public static DialogKey<AgendaPlanRef> Key { get; } =
        new("agenda.plan", AgendaJson.Default.AgendaPlanRef);

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var by = call.Envelope.User;
        var known = (await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel))?.Value;
        if (call.Get(Words) is not { Length: > 0 } typed)
        {
            return Key.Open(
                Form(known, call.Mentions.Here),
                new AgendaPlanRef(call.Mentions.Here, known),
                Markdown.Of(
                    $"Type it in one line, as in {Markdown.Code($"/{SlashCommand.Trigger} agenda set tue 14:00")}."
                )
            );
        }

        if (NoneWord.Is(typed))
        {
            return Reply.Say(
                await Set(null, by, cancel)
                    ? Markdown.Of($"No agenda is posted any more.")
                    : Markdown.Of($"No meeting was planned, so nothing was changed.")
            );
        }

        var (when, ahead) = Cut(typed);
        if (
            Read(
                when,
                ahead,
                await people.ZoneOf(by, cancel),
                team.Hours,
                known?.Ahead ?? Usual,
                out var problem
            )
            is not { } read
        )
        {
            return Reply.No(Markdown.Of($"{Markdown.Sentence(problem)} Nothing was changed."));
        }

        // Another time moves neither the place nor how long before: what is not named stays (M1).
        var place = call.Get(Where);
        var (channel, readers) = await channels.Meant(
            place,
            place.Name is null && known is not null ? known.Channel.Id : call.Envelope.Channel,
            cancel
        );
        if (InternalChannelCommands.WhyNot(channel, readers) is { } why)
        {
            return Reply.No(why);
        }

        var marks = await Mark(known, channel, place.Name is not null, by, cancel);
        var plan = new AgendaPlan(read.When, read.Ahead, channel);
        return Reply.Say(Said(plan, await Set(plan, by, cancel), marks, readers));
    }

    /// <summary>A meeting that was taken away fills nothing: what the form showed of it is what it still says.</summary>
    public async ValueTask<DialogForm?> Now(
        Submission<AgendaPlanRef> form,
        CancellationToken cancel
    ) =>
        (await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel))?.Value is { } known
            ? Form(known, form.State.Channel)
        : form.State.Shown is null ? Form(known: null, form.State.Channel)
        : null;

    public async Task<SubmissionReply> Submit(
        Submission<AgendaPlanRef> submission,
        CancellationToken cancel
    )
    {
        var by = submission.Envelope.User;
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var stored = (await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel))?.Value;
        if (stored is null && await TakenAway(submission, cancel) is { } gone)
        {
            return gone;
        }

        // Whoever sends it again plans it as the form shows it.
        var known = stored ?? submission.State.Shown;
        // What is typed in one line is understood here as it is in the command.
        var (when, before) = Cut(submission[When]);
        var read = Read(
            when,
            before.Length > 0 ? before : submission[Ahead],
            known?.Zone ?? await people.ZoneOf(by, cancel),
            team.Hours,
            known?.Ahead ?? Usual,
            out var problem
        );
        if (read is null)
        {
            problems[When] = problem.Replace("`", "", StringComparison.Ordinal);
            return SubmissionReply.Mark(problems);
        }

        NamedChannel? chosen =
            submission[Place] is { Length: > 0 } id && IdForm.Fits(id)
                ? new NamedChannel(new ChannelId(id), "")
                : known?.Channel ?? submission.State.Channel;
        if (chosen is not { } there)
        {
            problems[Place] = "In which channel?";
            return SubmissionReply.Mark(problems);
        }

        var plan = new AgendaPlan(read.Value.When, read.Value.Ahead, there);
        if (stored is not null && IsSame(stored, plan))
        {
            return SubmissionReply.Unchanged;
        }

        var (channel, readers) = await channels.Meant(
            there with
            {
                Name = null!,
            },
            there.Id,
            cancel
        );
        if (InternalChannelCommands.WhyNot(channel, readers) is { } why)
        {
            return SubmissionReply.No(why);
        }

        var marks = await Mark(stored, channel, submission.Changed(Place), by, cancel);
        plan = plan with { Channel = channel };
        return SubmissionReply.Done(Said(plan, await Set(plan, by, cancel), marks, readers));
    }

    /// <summary>
    /// A channel that is chosen is marked as internal with it. One that stays, and whose mark somebody took away, is not
    /// marked again by another time of the meeting (ASG-4).
    /// </summary>
    private async ValueTask<PlaceMark> Mark(
        AgendaPlan? before,
        NamedChannel channel,
        bool isChosen,
        UserId by,
        CancellationToken cancel
    ) =>
        !isChosen && before?.Channel.Id == channel.Id
            ? (await channels.All(cancel)).Any(c => c.Channel.Id == channel.Id)
                ? PlaceMark.WasThere
                : PlaceMark.Missing
            : await channels.Mark(channel, by, cancel)
                ? PlaceMark.New
                : PlaceMark.WasThere;

    private enum PlaceMark
    {
        WasThere,
        New,
        Missing,
    }

    /// <summary>Others took away the meeting that the form shows, and whoever sends it has not read that; null when not.</summary>
    private async ValueTask<SubmissionReply?> TakenAway(
        Submission<AgendaPlanRef> form,
        CancellationToken cancel
    )
    {
        if (
            form.State.Shown is not { } shown
            || (await clashes.Unseen(form.Envelope, [(When, "")], cancel)).Count == 0
        )
        {
            return null;
        }

        var place = form.Changed(Place)
            ? "in the channel that you chose"
            : $"in ~{shown.Channel.Name}";
        return SubmissionReply.Mark(
            When,
            $"While this form was open somebody took the weekly meeting away. Send it again to plan it as it stands here, with its agenda {place}."
        );
    }

    private static (string When, string Ahead) Cut(string typed)
    {
        var words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [.., _, var last] || !BareWord.Is(last, "before"))
        {
            return (typed, "");
        }

        // `1d before`, `half an hour before`, `1 hour and 30 minutes before`: the longest that is a length of time.
        var most = Math.Min(LongestLength, words.Length - 2);
        var length =
            Enumerable
                .Range(0, Math.Max(0, most))
                .Select(i => most - i)
                .FirstOrDefault(n =>
                    WaitLength.Read(string.Join(' ', words[^(n + 1)..^1])) is not null
                )
                is > 0
                    and var found
                ? found
            : words[^2].Any(char.IsDigit) ? 1
            : Math.Min(2, words.Length - 1);
        return (
            string.Join(' ', words[..^(length + 1)]).TrimEnd(',', ' '),
            string.Join(' ', words[^(length + 1)..^1])
        );
    }

    private static (Recurrence When, TimeSpan Ahead)? Read(
        string when,
        string ahead,
        TimeZoneInfo zone,
        WorkingHours workday,
        TimeSpan usual,
        out string problem
    )
    {
        if (
            TypedClock.Weekly(when, workday, out problem) is not var (day, time, own)
            || Recurrence.Read($"{WeekDays.Write([day])} {time} {(own ?? zone).Id}")
                is not { } recurs
        )
        {
            problem =
                problem.Length > 0
                    ? problem
                    : $"“{MarkdownEscaper.Shorten(when, 60)}” is not a day of the week with a time: {Examples}.";
            return null;
        }

        if (ahead.Length == 0)
        {
            return (recurs, usual);
        }

        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        if (
            WaitLength.Read(ahead) is not { CountsWorkingTime: false } wait
            || wait.After(now, new WorkingTime(new TeamTimeSettings())) - now is var length
                && length > Longest
        )
        {
            problem =
                $"“{MarkdownEscaper.Shorten(ahead, 60)}” before it is not a length of time up to 6 days: write it as in `4h` or `1d`.";
            return null;
        }

        return (recurs, wait.After(now, new WorkingTime(new TeamTimeSettings())) - now);
    }

    private static bool IsSame(AgendaPlan one, AgendaPlan other) =>
        one.When.Text.Equals(other.When.Text, StringComparison.OrdinalIgnoreCase)
        && one.Ahead == other.Ahead
        && one.Channel.Id == other.Channel.Id;

    private Markdown Said(AgendaPlan plan, bool isNew, PlaceMark mark, ChatAudience? readers)
    {
        var now = clock.GetUtcNow();
        var next = plan.NextAfter(now, team);
        return next is not { } at
            ? Markdown.Of($"It is kept, but every such day is a holiday.")
            : Markdown.Of(
                $"{(isNew ? "" : "Nothing was changed. ")}The weekly meeting is {plan.Weekly}. Its agenda is posted in {plan.Channel} {Times.Whole(plan.Ahead)} before: the next one {Times.Ahead(at - plan.Ahead > now ? at - plan.Ahead : now, plan.Zone, now)}.{(mark == PlaceMark.New ? InternalChannelCommands.MarkedWithIt(plan.Channel, readers) : mark == PlaceMark.Missing ? Markdown.Of($" {plan.Channel} is not marked as internal any more, so nothing is posted there: {Markdown.Code($"/{SlashCommand.Trigger} internal mark ~{plan.Channel.Name}")} marks it, and a channel in the form or in front of the time chooses another one.") : Markdown.None)}"
            );
    }

    private async Task<bool> Set(AgendaPlan? to, UserId by, CancellationToken cancel)
    {
        while (true)
        {
            var read = await store.Find(AgendaPlan.Kind, AgendaPlan.Id, cancel);
            if (
                (read, to) is (null, null)
                || (read is { Value: var known } && to is { } same && IsSame(known, same))
            )
            {
                return false;
            }

            var now = clock.GetUtcNow();
            var change = new Change(now, by.Value)
                .Record(
                    AgendaFact.Subject,
                    new AgendaFact.AgendaPlanned(by, read?.Value, to),
                    AgendaJson.Default.AgendaFact
                )
                .Due(
                    KeepAgenda.Kind,
                    AgendaPlan.Id,
                    to is null ? null : KeepAgenda.FirstLook(to, now, team)
                );
            await Replan(change, to, now, cancel);
            _ = (read, to) switch
            {
                (null, { } added) => change.Add(AgendaPlan.Kind, AgendaPlan.Id, added),
                ({ } before, { } changed) => change.Replace(AgendaPlan.Kind, before, changed),
                ({ } before, null) => change.Delete(AgendaPlan.Kind, before),
                _ => change,
            };
            if (await store.Commit(change, cancel))
            {
                return true;
            }
        }
    }

    /// <summary>The meeting whose agenda is posted already is at another time now: its post says so.</summary>
    private async ValueTask Replan(
        Change change,
        AgendaPlan? to,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var next = to?.NextAfter(now, team);
        if (
            await agenda.Upcoming(now, cancel) is not { Value: var posted } read
            || posted.BeginsAt == next
        )
        {
            return;
        }

        var notes = posted.Notes.IsEmpty ? "" : " What was noted so far goes along with it.";
        var off = posted with
        {
            Instead =
                to is { } plan && next is { } at
                    ? $"The next one is {AgendaText.When(at, plan.Zone)}.{notes}"
                    : "No other one is planned.",
        };
        change
            .Replace(AgendaMeeting.Kind, read, off)
            .Due(CloseAgenda.Kind, posted.Id, null)
            .Do(await agenda.Show(off, now, cancel));
    }

    private static DialogForm Form(AgendaPlan? known, NamedChannel? here) =>
        new(
            "Weekly meeting",
            [
                new DialogField(When, "When", FieldKind.Text)
                {
                    Default = known?.When.Text,
                    Placeholder = "Tue 14:00",
                    Help =
                        "Day and time, by the clock of your zone unless you name one: Tue 14:00 Europe/Berlin.",
                    MaxLength = 80,
                },
                new DialogField(Ahead, "Posted before it", FieldKind.Choice)
                {
                    Default = Choice(known?.Ahead ?? Usual),
                    Options = Choices(known?.Ahead ?? Usual),
                },
                new DialogField(Place, "Channel", FieldKind.Channel)
                {
                    Default = (known?.Channel ?? here)?.Id.Value,
                    Help = "Choosing it marks it as internal: the agenda names prospects.",
                },
            ]
        )
        {
            Introduction = (known?.Channel ?? here) is { } place
                ? Markdown.Of(
                    $"The agenda is posted in {place}, unless you choose another channel, and kept current until the meeting begins."
                )
                : Markdown.Of(
                    $"The agenda is posted there, and kept current until the meeting begins."
                ),
            SubmitLabel = "Keep it",
        };

    private static ImmutableArray<ControlOption> Choices(TimeSpan known) =>
        [
            .. OfferedHours
                .Select(h => TimeSpan.FromHours(h))
                .Append(known)
                .Distinct()
                .Order()
                .Select(length => new ControlOption(Times.Whole(length), Choice(length))),
        ];

    private static string Choice(TimeSpan length) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)length.TotalMinutes}m");
}
