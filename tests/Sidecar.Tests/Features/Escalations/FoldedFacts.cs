using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Reminders;
using Sidecar.Ids;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>
/// How an escalation stands according to its timeline alone. Every fact must fit what was told before it: it begins
/// where the last one ended.
/// </summary>
internal sealed class FoldedFacts
{
    public EscalationState State { get; private set; } = EscalationState.New;
    public UserId? Owner { get; private set; }
    public List<UserId> Followers { get; } = [];

    // Whoever raised it hears of it without following, until they say that they have heard enough.
    private UserId? _listening;

    public int RungsTold { get; private set; }
    public int StaleAsked { get; private set; }
    public string Resolution { get; private set; } = "";
    public string? ConfirmedBy { get; private set; }

    /// <summary>What it says, by the label of the field.</summary>
    public Dictionary<string, string> Says { get; } =
        new(StringComparer.Ordinal)
        {
            ["Category"] = Vocabulary.Categories.Label(Vocabulary.DefaultCategory),
            ["Customer impact"] = "",
            ["Impact"] = Vocabulary.ImpactLabel(null),
            ["Effort"] = Vocabulary.Efforts.Label(EffortEstimate.Medium),
            ["Links"] = "",
            ["Bug"] = "",
            ["Pull request"] = "",
            ["Backport"] = "",
        };

    public static FoldedFacts Of(IEnumerable<EscalationFact> facts)
    {
        var folded = new FoldedFacts();
        foreach (var fact in facts)
        {
            folded.Route(fact);
            folded.Work(fact);
            folded.Remind(fact);
        }

        return folded;
    }

    private void Route(EscalationFact fact)
    {
        switch (fact)
        {
            case EscalationFact.Raised raised:
                _listening = raised.By;
                Says["Customer"] = raised.Customer;
                Says["Severity"] = Vocabulary.Severities.Label(raised.Severity);
                Says["Summary"] = raised.Summary;
                break;
            case EscalationFact.EscalationWaits:
                State = EscalationState.NeedsInformation;
                break;
            case EscalationFact.Redirected:
                State = EscalationState.Redirected;
                break;
            case EscalationFact.ApprovalAsked:
                State = EscalationState.AwaitingApproval;
                break;
            case EscalationFact.Accepted accepted:
                Accept(accepted.From);
                break;
            case EscalationFact.Overridden overridden:
                Accept(overridden.From);
                break;
            case EscalationFact.EscalatedSpecifically:
                Accept(EscalationState.Redirected);
                break;
            case EscalationFact.Approved:
                Accept(EscalationState.AwaitingApproval);
                break;
            case EscalationFact.HandedOver:
                State = EscalationState.Redirected;
                break;
            case EscalationFact.CustomerNamed named:
                named.From.ShouldBe(Says["Customer"]);
                Says["Customer"] = named.To;
                break;
            case EscalationFact.CustomerChanged changed:
                changed.IsRenamed.ShouldBe(Says["Customer"] != changed.Name);
                Says["Customer"] = changed.Name;
                break;
        }
    }

    private void Work(EscalationFact fact)
    {
        switch (fact)
        {
            case EscalationFact.Acknowledged acknowledged:
                State.ShouldBe(EscalationState.Accepted);
                acknowledged.Owner.ShouldBe(Owner ?? acknowledged.By!.Value);
                (State, Owner) = (EscalationState.Acknowledged, acknowledged.Owner);
                break;
            case EscalationFact.EscalationAssigned assigned:
                assigned.From.ShouldBe(Owner);
                Owner = assigned.To;
                break;
            case EscalationFact.Moved moved:
                Go(moved.From, moved.To);
                break;
            case EscalationFact.Resolved resolved:
                PossibleMoves.IsWork(State).ShouldBeTrue();
                State = EscalationState.Resolved;
                Resolution = resolved.Resolution;
                break;
            case EscalationFact.EscalationConfirmed confirmed:
                State.ShouldBe(EscalationState.Resolved);
                ConfirmedBy = confirmed.Who;
                break;
            case EscalationFact.Reopened:
                Go(EscalationState.Resolved, EscalationState.Acknowledged);
                (Resolution, ConfirmedBy) = ("", null);
                break;
            case EscalationFact.EscalationClosed closed:
                Go(closed.From, EscalationState.Closed);
                break;
            case EscalationFact.Declined declined:
                Go(declined.From, EscalationState.Declined);
                break;
            case EscalationFact.EscalationCancelled cancelled:
                Go(cancelled.From, EscalationState.Cancelled);
                break;
            case EscalationFact.MergedInto merged:
                Go(merged.From, EscalationState.Closed);
                break;
            case EscalationFact.Merged merged:
                Followers.AddRange(merged.Joining);
                break;
            case EscalationFact.Edited edited:
                Edit(edited);
                break;
            case EscalationFact.Followed followed:
                Followers.ShouldNotContain(followed.By!.Value);
                Followers.Add(followed.By.Value);
                break;
            case EscalationFact.Unfollowed unfollowed:
                (
                    Followers.Remove(unfollowed.By!.Value) || unfollowed.By == _listening
                ).ShouldBeTrue();
                _listening = unfollowed.By == _listening ? null : _listening;
                break;
        }
    }

    private void Remind(EscalationFact fact)
    {
        switch (fact)
        {
            case EscalationFact.Climbed climbed:
                State.ShouldBe(EscalationState.Accepted);
                climbed.Told.Select(t => t.Rung).ShouldBeUnique();
                RungsTold = (int)climbed.Told.Last(t => t.Rung != Rung.Administrator).Rung;
                break;
            case EscalationFact.AskedAbout asked:
                PossibleMoves.IsWork(State).ShouldBeTrue();
                asked.Time.ShouldBe(++StaleAsked);
                break;
            case EscalationFact.StillOnIt:
                StaleAsked.ShouldBeGreaterThan(0);
                StaleAsked = 0;
                break;
            case { By: not null } and not (EscalationFact.Followed or EscalationFact.Unfollowed):
                StaleAsked = 0;
                break;
        }
    }

    private void Accept(EscalationState from)
    {
        Go(from, EscalationState.Accepted);
        RungsTold = 0;
    }

    private void Go(EscalationState from, EscalationState to)
    {
        State.ShouldBe(from);
        State = to;
    }

    private void Edit(EscalationFact.Edited edited)
    {
        foreach (var change in edited.Changes)
        {
            change.From.ShouldBe(Says[change.Field], change.Field);
            change.To.ShouldNotBe(change.From, change.Field);
            if (change.Field == "Severity" && string.CompareOrdinal(change.To, change.From) < 0)
            {
                // The ladder of a worse one begins below.
                RungsTold = 0;
            }

            Says[change.Field] = change.To;
        }
    }
}
