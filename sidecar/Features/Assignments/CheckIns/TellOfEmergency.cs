using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Text;

namespace Sidecar.Features.Assignments.CheckIns;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>A Sev 1 concerns whoever is assigned to its customer, also one that becomes a Sev 1 or theirs later.</summary>
internal sealed class EmergencyOfCustomer : IEscalationPart
{
    /// <summary>Who is called to take it comes first; what they know already is not told to them twice.</summary>
    private static readonly TimeSpan After = TimeSpan.FromMinutes(1);

    public void AddTo(Change change, Decision.Accepted decided)
    {
        if (
            OpenEmergencies.IsEmergency(decided.Next)
            && !decided.Next.CustomerIsUnknown
            && decided.Facts.Any(f =>
                f is EscalationFact.Raised or EscalationFact.CustomerNamed
                || f is EscalationFact.Edited edited && edited.Changes.Any(MakesItOne)
            )
        )
        {
            change.Due(TellOfEmergency.Kind, decided.Next.Id.ToString(), change.Now + After);
        }
    }

    private static bool MakesItOne(FieldChange change) => change.Field is "Severity" or "Customer";
}

/// <summary>Tells the assigned engineer of a Sev 1 at their customer's, once, with how their check-in stands (ASG-7).</summary>
internal sealed class TellOfEmergency(EscalationStore escalations, CheckInQueries desk, Store store)
    : IDueTask
{
    public static string Kind => "assignment.emergency";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        var change = new Change(call.Now, Kind).Due(Kind, call.Id, null);
        if (
            await escalations.Find(EscalationId.Read(call.Id)!.Value, cancel)
                is { Value: var escalation }
            && OpenEmergencies.IsEmergency(escalation)
            && await desk.Of(escalation.Customer, cancel)
                is { HasCheckIns: true, Engineer: { } engineer } assignment
            && !Knows(escalation, engineer)
        )
        {
            var once = $"{escalation.Id}/assigned/{engineer.Value}";
            if (await store.Find(IdempotencyRecord.Kind, once, cancel) is null)
            {
                var zone = (await desk.Time(engineer, cancel)).Zone.Id;
                change
                    .Add(IdempotencyRecord.Kind, once, new IdempotencyRecord("", call.Now))
                    .Do(
                        EscalationNotices.Tell(
                            escalation,
                            engineer,
                            Markdown.Of(
                                $":rotating_light: **{escalation.Id}** is a Sev 1 at {escalation.CustomerName}, whose assigned engineer you are. {CheckIn(assignment, zone)}"
                            )
                        ) with
                        {
                            IsInternal = assignment.IsInternal,
                        }
                    );
            }
        }

        // Done meanwhile by another one: then there is nothing left to do.
        await store.Commit(change, cancel);
    }

    private static bool Knows(Escalation escalation, Ids.UserId person) =>
        escalation.Reporter == person
        || escalation.Owner == person
        || escalation.Called.Contains(person);

    private static Markdown CheckIn(Assignment assignment, string zone) =>
        assignment.Turn is not { } turn ? Markdown.None
        : turn.Asked is { } asked
            ? Markdown.Of(
                $"The check-in with {assignment.CustomerEngineer} for the week of {CheckInWords.Day(turn.Week)} is still to be answered by {asked}: {CheckInWords.Command($"checkin {assignment.Customer.Value}")}"
            )
        : Markdown.Of(
            $"The next check-in with {assignment.CustomerEngineer} is {CheckInWords.At(turn.DueAt, zone)}; {CheckInWords.Command($"checkin {assignment.Customer.Value}")} answers it now."
        );
}
