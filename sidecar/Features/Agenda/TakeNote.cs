using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.AgendaItems;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Agenda;

/// <summary>
/// What was said or decided in the meeting: it becomes a part of the timeline of what it is about, and stands below the
/// agenda.
/// </summary>
internal sealed class TakeNote(Store store, AgendaKeeping agenda, TimeProvider clock)
    : IAction<AgendaRef>,
        IDialog<AgendaRef>
{
    private const string About = "about";
    private const string Text = "text";
    private const string Meeting = "meeting";
    private const int LongestLabel = 60;

    public static ActionKey<AgendaRef> Key { get; } =
        new("agenda.note", AgendaJson.Default.AgendaRef);

    static DialogKey<AgendaRef> IDialog<AgendaRef>.Key => Form;

    public static DialogKey<AgendaRef> Form { get; } =
        new("agenda.note", AgendaJson.Default.AgendaRef);

    public static Permission Permission => AgendaRights.Note;

    public async Task<Reply> Press(ActionCall<AgendaRef> call, CancellationToken cancel)
    {
        if (await agenda.Find(call.Payload.Meeting, cancel) is not { Value: var meeting })
        {
            return Reply.No(new NoSuchMeeting());
        }

        return WhyNot(meeting) is { } why
            ? Reply.No(why)
            : Form.Open(
                Ask(meeting, call.Payload.IsDecision),
                call.Payload,
                Markdown.Of($"Press the button again to be asked.")
            );
    }

    public async Task<SubmissionReply> Submit(
        Submission<AgendaRef> submission,
        CancellationToken cancel
    )
    {
        var from = submission.Envelope;
        if (await agenda.Find(submission.State.Meeting, cancel) is not { Value: var meeting })
        {
            return SubmissionReply.No(new NoSuchMeeting());
        }

        if (WhyNot(meeting) is { } closed)
        {
            return SubmissionReply.No(closed);
        }

        if (submission[Text].Length == 0)
        {
            return SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [Text] = "Write what was said.",
                }
            );
        }

        if (await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is not null)
        {
            return SubmissionReply.Close;
        }

        var item = meeting
            .Sections.SelectMany(s => s.Items)
            .FirstOrDefault(i => i.About == submission[About]);
        if (item is null && submission[About] is not ("" or Meeting))
        {
            return SubmissionReply.Mark(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [About] =
                        "That is not on the agenda any more: choose the meeting itself, or write it in its own thread.",
                }
            );
        }

        var note = new MeetingNote(
            from.User,
            submission.State.IsDecision,
            submission[Text],
            meeting.On
        );
        var taken = new TakenNote(item?.About ?? "", item?.Name ?? "", note);
        if (await Keep(submission, taken, cancel) is { } why)
        {
            // Its other delivery may have been quicker.
            return await store.Find(IdempotencyRecord.Kind, from.Act, cancel) is null
                ? SubmissionReply.No(why)
                : SubmissionReply.Close;
        }

        return SubmissionReply.DoneInSight(
            item is null
                ? Markdown.Of($"It stands below the agenda.")
                : Markdown.Of($"It stands below the agenda, and in the timeline of {item.Name}.")
        );
    }

    private async Task<Refusal?> Keep(
        Submission<AgendaRef> submission,
        TakenNote taken,
        CancellationToken cancel
    )
    {
        if (agenda.Sources.FirstOrDefault(s => s.Has(taken.About)) is { } source)
        {
            return await source.Keep(
                taken.About,
                taken.Note,
                submission.Envelope.Act,
                (change, stop) => Add(change, submission, taken, stop),
                cancel
            );
        }

        var act = submission.Envelope.Act;
        while (await store.Find(IdempotencyRecord.Kind, act, cancel) is null)
        {
            var change = new Change(clock.GetUtcNow(), taken.Note.By.Value).Add(
                IdempotencyRecord.Kind,
                act,
                new IdempotencyRecord(submission.State.Meeting, clock.GetUtcNow())
            );
            await Add(change, submission, taken, cancel);
            if (await store.Commit(change, cancel))
            {
                return null;
            }
        }

        return null;
    }

    private static Refusal? WhyNot(AgendaMeeting meeting) =>
        meeting.Instead is { } instead ? new MeetingIsCalledOff(meeting, instead)
        : meeting.IsClosed ? new MeetingIsClosed(meeting)
        : null;

    /// <summary>Adds the note to its meeting, and shows it there.</summary>
    private async ValueTask Add(
        Change change,
        Submission<AgendaRef> submission,
        TakenNote taken,
        CancellationToken cancel
    )
    {
        if (await agenda.Find(submission.State.Meeting, cancel) is not { Value: var meeting } read)
        {
            return;
        }

        var next = meeting with { Notes = meeting.Notes.Add(taken) };
        change
            .Replace(AgendaMeeting.Kind, read, next)
            .Record(
                AgendaFact.Subject,
                new AgendaFact.AgendaNoted(taken.Note.By, meeting.Id, taken),
                AgendaJson.Default.AgendaFact
            )
            .Do(await agenda.Show(next, change.Now, cancel));
    }

    private static DialogForm Ask(AgendaMeeting meeting, bool isDecision)
    {
        ImmutableArray<ControlOption> items =
        [
            new ControlOption("The meeting itself", Meeting),
            .. meeting
                .Sections.SelectMany(s => s.Items)
                .DistinctBy(i => i.About)
                .Select(i => new ControlOption(
                    MarkdownEscaper.Shorten(i.Name, LongestLabel),
                    i.About
                )),
        ];
        return new DialogForm(
            isDecision ? "Decision" : "Note",
            [
                new DialogField(About, "About", FieldKind.Choice)
                {
                    Default = Meeting,
                    Options = items,
                    Help = "It becomes a part of the timeline of what it is about.",
                },
                new DialogField(
                    Text,
                    isDecision ? "What was decided" : "What was said",
                    FieldKind.LongText
                )
                {
                    MaxLength = MeetingNote.MaxTextLength,
                },
            ]
        )
        {
            SubmitLabel = "Keep it",
        };
    }
}

internal sealed record NoSuchMeeting()
    : Refusal(Markdown.Of($"Nothing is kept of that meeting any more."));

internal sealed record MeetingIsClosed(AgendaMeeting Meeting)
    : Refusal(
        Markdown.Of(
            $"The meeting of {AgendaText.When(Meeting)} is over, and its notes are closed: write in the thread of what it is about, or wait for the next agenda."
        )
    );

internal sealed record MeetingIsCalledOff(AgendaMeeting Meeting, string Instead)
    : Refusal(
        Markdown.Of(
            $"{Markdown.Typed(AgendaText.NotHeld(Meeting, Instead))} Take the note there, or write in the thread of what it is about."
        )
    );

/// <summary>Who may do what with the agenda.</summary>
internal static class AgendaRights
{
    public static Permission Read { get; } =
        new("read the weekly agenda", [.. Roles.All.Select(r => r.Role)]) { IsAskedNow = true };

    /// <summary>Its form names prospects (ASG-4), and what is noted stays in timelines.</summary>
    public static Permission Note { get; } =
        new("take notes in the weekly meeting", [.. Roles.All.Select(r => r.Role)])
        {
            IsAskedNow = true,
        };

    public static Permission Plan { get; } =
        new("plan the weekly meeting", [.. Roles.Leads, Role.Administrator]) { IsAskedNow = true };
}
