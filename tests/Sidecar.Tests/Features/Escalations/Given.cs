using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Tests.Features.Escalations;

using Decision = Decision<Escalation, EscalationFact>;

/// <summary>Escalations and people for tests of the pure rules.</summary>
internal static class Given
{
    /// <summary>A Monday morning, within working hours.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static readonly ActingPerson Engineer = new(
        new UserId("engineer"),
        [Role.DeploymentEngineer]
    );
    public static readonly ActingPerson Other = new(new UserId("other"), [Role.SupportEngineer]);
    public static readonly ActingPerson Lead = new(
        new UserId("lead"),
        [Role.DeploymentEngineeringLead]
    );
    public static readonly ActingPerson Tam = new(
        new UserId("tam"),
        [Role.TechnicalAccountManager]
    );
    public static readonly ActingPerson Product = new(
        new UserId("product"),
        [Role.ProductEngineering]
    );
    public static readonly ActingPerson Nobody = new(new UserId("nobody"), []);

    public static readonly UserId Reporter = new("reporter");

    public static readonly Escalation Raised = new()
    {
        Id = new EscalationId(7),
        Customer = new CustomerKey("acme"),
        CustomerName = "Acme",
        Severity = Severity.Sev2,
        Category = Category.DeploymentEscalation,
        Summary = "Search is slow",
        Reporter = Reporter,
        RaisedAt = Now,
        Channel = new ChannelId("home"),
    };

    public static readonly Escalation Accepted = Next(
        Raised.Follow(new EscalationRoute.AcceptedRoute(), TeamsNow.None, Now)
    );

    /// <summary>Somebody is there of the team to which most is redirected.</summary>
    public static readonly TeamsNow Teams = TeamsNow.None with
    {
        People = TeamsNow.None.People.Add(OwningTeam.CustomerSupport, [Other.User]),
    };

    /// <summary>The reminders of the default settings, in a team that works Monday to Friday, nine to five, UTC.</summary>
    public static ReminderPlan Plan(TeamTimeSettings? team = null) =>
        Plan(new WorkingTime(team ?? new TeamTimeSettings()));

    private static ReminderPlan Plan(WorkingTime calendar) =>
        new(
            new EscalationSettings(),
            new IncidentSettings(),
            new TaskDeadlines(new PlaybookSettings(), calendar),
            calendar
        );

    /// <summary>An escalation as it gets to a state by legal moves.</summary>
    public static Escalation At(EscalationState state, Severity severity = Severity.Sev2)
    {
        var accepted = Accepted with { Severity = severity };
        return state switch
        {
            EscalationState.New => Raised with { Severity = severity },
            EscalationState.NeedsInformation => Next(
                At(EscalationState.New, severity)
                    .Follow(new EscalationRoute.AwaitFacts([MissingFact.Arr]), TeamsNow.None, Now)
            ),
            EscalationState.Redirected => Next(
                At(EscalationState.New, severity)
                    .Follow(
                        new EscalationRoute.Redirect(OwningTeam.CustomerSupport, "it is theirs"),
                        Teams,
                        Now
                    )
            ),
            EscalationState.AwaitingApproval => Next(
                At(EscalationState.New, severity)
                    .Follow(new EscalationRoute.AskApproval(), TeamsNow.None, Now)
            ),
            EscalationState.Accepted => accepted,
            EscalationState.Acknowledged => Next(accepted.Acknowledge(Engineer, Now)),
            EscalationState.Investigating
            or EscalationState.Identified
            or EscalationState.Monitoring => Next(accepted.WorkOn(Engineer, state, "", Now)),
            EscalationState.Resolved => Next(
                accepted.Resolve(Engineer, "Rolled back", ProductWork.None, Now)
            ),
            EscalationState.Closed => Next(
                Next(At(EscalationState.Resolved, severity).Confirm(Lead, "their admin", Now))
                    .Close(Lead, "", Now)
            ),
            EscalationState.Declined => Next(
                accepted.Decline(Lead, "not ours", TeamsNow.None, Now)
            ),
            _ => Next(accepted.Cancel(Lead, "", Now)),
        };
    }

    public static Decision.Accepted Done(Decision decision) =>
        decision.ShouldBeOfType<Decision.Accepted>();

    public static Escalation Next(Decision decision) => Done(decision).Next;

    public static Refusal Why(Decision decision) => decision.ShouldBeOfType<Decision.Refused>().Why;

    public static string Sentence(Decision decision) => Text(Why(decision).Sentence);

    /// <summary>As people read it; everybody is called like their id.</summary>
    public static string Text(Markdown words) => words.Show(person => person.Value);
}
