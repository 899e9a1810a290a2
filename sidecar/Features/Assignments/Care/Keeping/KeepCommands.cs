using Sidecar.Cards;
using Sidecar.Features.Customers.Fields;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.Assignments;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary><c>/escalate engineer environment</c>: where the customer's environment is emulated (ASG-6).</summary>
internal sealed class SetEnvironment(CareDesk desk, KeepForm form) : ISlashCommand
{
    private static readonly Parameter<string> Link = CareArguments.Text(
        "link",
        "[https://… | none]",
        "Where is it? Write its address, or `none`."
    );

    public static Permission Permission => CareRights.Keep;

    public static CommandSpec Spec { get; } =
        new(
            "engineer environment",
            "Say where a customer’s environment is emulated",
            CareArguments.One,
            Link
        )
        {
            Examples =
            [
                "engineer environment ASG-3 https://lab.example.com/acme",
                "engineer environment acme none",
            ],
            Details =
                "At the engineer’s discretion. The CE and all support engineers must be able to reach it; `engineer show` tells them where it is.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(CareArguments.One)!, cancel);
        return found is null ? why!
            : call.Get(Link) is { Length: > 0 } typed
                ? await Set(found.Id, typed, call.Envelope.User, cancel)
            : await form.Ask(found, KeptThing.Environment, call.Envelope.User, cancel);
    }

    private async Task<Reply> Set(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        if (KeepForm.Link(typed, out var problem) is not { } link)
        {
            return Reply.No(CareProblem.Of(problem));
        }

        return await desk.Book.Decide(
            id,
            by,
            (a, actor, _) => a.SetEnvironment(actor, link),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                link.Length == 0
                    ? Words.Of($"{CareWords.Named(next)} has no emulation any more.")
                    : Words.Of(
                        $"Recorded for {CareWords.Named(next)}. {next.CustomerEngineer} and all support engineers must be able to reach it."
                    )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}

/// <summary><c>/escalate engineer meeting</c>: a meeting with the customer (ASG-6).</summary>
internal sealed class NoteMeeting(CareDesk desk, KeepForm form) : ISlashCommand
{
    private static readonly Parameter<string> What = CareArguments.Text(
        "meeting",
        "[date] [about]",
        "When was it, and what about? Write `2026-03-02 Quarterly review`."
    );

    public static Permission Permission => CareRights.Keep;

    public static CommandSpec Spec { get; } =
        new("engineer meeting", "Note a meeting with a customer", CareArguments.One, What)
        {
            Examples =
            [
                "engineer meeting acme",
                "engineer meeting acme yesterday Upgrade to 11.2 planned",
                "engineer meeting ASG-3 2026-03-02 Quarterly review",
            ],
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(CareArguments.One)!, cancel);
        return found is null ? why!
            : call.Get(What) is { Length: > 0 } typed
                ? await Note(found.Id, typed, call.Envelope.User, cancel)
            : await form.Ask(found, KeptThing.Meeting, call.Envelope.User, cancel);
    }

    private async Task<Reply> Note(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var person = await desk.TimeOf(by, cancel);
        if (KeptText.Meeting(typed, person, desk.Now, out var problem) is not { } meeting)
        {
            return Reply.No(CareProblem.Of(problem));
        }

        return await desk.Book.Decide(
            id,
            by,
            (a, actor, _) => a.NoteMeeting(actor, meeting.On, meeting.About),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                Words.Of(
                    $"Noted for {CareWords.Named(next)}: the meeting of {CalendarDay.Write(meeting.On)}."
                )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}

/// <summary><c>/escalate engineer doc</c>: a technical design document was updated (ASG-6).</summary>
internal sealed class UpdateDocument(CareDesk desk, KeepForm form) : ISlashCommand
{
    private static readonly Parameter<string> What = CareArguments.Text(
        "document",
        "[https://… title] [updated date]",
        "Which document? Write `https://… Network plan updated 2026-03-02`."
    );

    public static Permission Permission => CareRights.Keep;

    public static CommandSpec Spec { get; } =
        new(
            "engineer doc",
            "Record that a technical design document was updated",
            CareArguments.One,
            What
        )
        {
            Examples =
            [
                "engineer doc acme",
                "engineer doc acme https://docs.example.com/acme Network plan",
                "engineer doc ASG-3 https://docs.example.com/acme Network plan updated yesterday",
            ],
            Details =
                "The CE is told by direct message, so that the CRM can be updated too. Of a document that is known by its address the title may be left out.",
        };

    public async Task<Reply> Run(CommandCall call, CancellationToken cancel)
    {
        var (found, why) = await desk.Find(call, call.Get(CareArguments.One)!, cancel);
        return found is null ? why!
            : call.Get(What) is { Length: > 0 } typed
                ? await Update(found.Id, typed, call.Envelope.User, cancel)
            : await form.Ask(found, KeptThing.Document, call.Envelope.User, cancel);
    }

    private async Task<Reply> Update(
        AssignmentId id,
        string typed,
        UserId by,
        CancellationToken cancel
    )
    {
        var person = await desk.TimeOf(by, cancel);
        var today = desk.Today(person);
        if (KeptText.Document(typed, person, desk.Now, today, out var problem) is not { } document)
        {
            return Reply.No(CareProblem.Of(problem));
        }

        return await desk.Book.Decide(
            id,
            by,
            (a, actor, _) =>
                a.UpdateDocument(actor, document.Link, document.Title, document.On, today),
            cancel
        ) switch
        {
            Decision.Accepted { Next: var next } => Reply.Say(
                next.CustomerEngineer == by
                    ? Words.Of(
                        $"Recorded for {CareWords.Named(next)}. You are the CE: please update the CRM too."
                    )
                    : Words.Of(
                        $"Recorded for {CareWords.Named(next)}. I have told {next.CustomerEngineer}, so that the CRM can be updated too."
                    )
            ),
            Decision.Refused refused => Reply.No(refused.Why),
            _ => Reply.Nothing,
        };
    }
}
