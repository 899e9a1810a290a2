using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Features.Playbooks;
using Sidecar.Features.ServiceRequests;
using Sidecar.People;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Features.Playbooks;
using Sidecar.Tests.Features.ServiceRequests;
using Sidecar.Tests.Features.Webhooks;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Presses;

using Stage = Func<Task<(Desk Desk, Scene Scene)>>;

/// <summary>Every button and menu that the product has, each where people find it.</summary>
internal static class Scenes
{
    private const string Incident = "sev1-acme-20260302";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static IReadOnlyDictionary<string, Stage> All { get; } =
        new Dictionary<string, Stage>(StringComparer.Ordinal)
        {
            ["escalation.acknowledge"] = () => OnCard("engineer", "Acknowledge"),
            ["escalation.assign"] = () => OnCard("lead", "Assign to…", "engineer"),
            ["escalation.ask-for-resolution"] = () =>
                OnCard("engineer", "Resolve", null, "ack ESC-1"),
            ["escalation.ask-for-words"] = () =>
                OnCard("engineer", "Close", null, "resolve ESC-1 It was the index"),
            ["escalation.more"] = () => OnCard("engineer", "More…", "Follow / unfollow"),
            ["escalation.post-update"] = () => OnCard("engineer", "Post update", null, "ack ESC-1"),
            ["escalation.approve"] = Approval,
            ["escalation.follow"] = () => OnDuplicate("Follow ESC-1"),
            ["escalation.raise-anyway"] = () => OnDuplicate("Raise mine as well"),
            ["escalation.open-draft"] = () => OnDuplicate("Change mine"),
            ["escalation.add-missing"] = () => OnEmergency("tam", "newco", "Add the customer"),
            ["escalation.name-customer"] = () =>
                OnEmergency("engineer", "nothern", "Yes, Northern Bank"),
            ["escalation.redirect"] = () => OnEmergency("engineer", "poor", "Hand over"),
            ["escalation.merge"] = () => OnTwin("Merge with ESC-1"),
            ["escalation.is-another"] = () => OnTwin("Another problem"),
            ["incident.let-in"] = OnFollower,
            ["escalation.update.snooze"] = () => OnPrompt("Snooze 30 min"),
            ["escalation.update.hand-over"] = () => OnPrompt("Hand over"),
            ["escalation.still-on-it"] = () => OnPrompt("Still on it"),
            ["escalation.it-held"] = Held,
            ["escalation.try-channel-again"] = NoChannel,
            ["checklist.check-off"] = () => OnChecklist("Check off…"),
            ["checklist.change"] = () => OnChecklist("Change a task…"),
            ["delivery.try-again"] = Refused,
            ["webhook.test"] = DeadHook,
            ["playbook.keep"] = ReadPlaybook,
            ["assignment.approve"] = () => OnRequest("Approve"),
            ["assignment.ask-why-declined"] = () => OnRequest("Decline"),
            ["assignment.assign"] = Approved,
            ["assignment.ask-who-was-told"] = Named,
            ["assignment.review.keep"] = () => OnReview("Keep for 6 months"),
            ["assignment.review.end"] = () => OnReview("End"),
            ["assignment.hand-over.ask"] = () => OnReview("Hand over"),
            ["assignment.hand-over.choose"] = () => OnHandOver("cslead", "Hand over to…", "second"),
            ["assignment.hand-over.accept"] = () => OnHandOver("second", "Accept"),
            ["assignment.hand-over.decline"] = () => OnHandOver("second", "Decline"),
            ["assignment.check-in.answer"] = () => OnCheckIn("Answer now"),
            ["assignment.check-in.ask-move"] = () => OnCheckIn("Move"),
            ["assignment.check-in.ask-skip"] = () => OnCheckIn("Skip"),
            ["assignment.check-in.ask-plan"] = Planned,
            ["assignment.check-in.repeat"] = () => OnCheckIn("All as last time"),
            ["assignment.check-in.services-yes"] = () => OnServices("Yes, it is"),
            ["assignment.check-in.services-no"] = () => OnServices("No, it is not"),
            ["implementation.score"] = () => OnImplementation(0, ImplementationDesk.Ie, "Score…"),
            ["implementation.decide"] = () =>
                OnImplementation(0, ImplementationDesk.Lead, "Decide…"),
            ["implementation.edit"] = () => OnImplementation(0, ImplementationDesk.Ce, "Edit…"),
            ["implementation.word"] = LeadershipAsked,
            ["implementation.withdraw"] = Withdrawable,
            ["implementation.documents"] = () =>
                OnImplementation(1, ImplementationDesk.Ce, "Documents…"),
            ["implementation.people"] = () => OnImplementation(1, ImplementationDesk.Ie, "People…"),
            ["implementation.start"] = () => OnImplementation(2, ImplementationDesk.Ie, "Start…"),
            ["implementation.dates"] = () => OnImplementation(3, ImplementationDesk.Ce, "Dates…"),
            ["implementation.requirement"] = () =>
                OnImplementation(3, ImplementationDesk.Ie, "Requirement…"),
            ["implementation.complete"] = () =>
                OnImplementation(3, ImplementationDesk.Ie, "Complete…"),
            ["guided-setup.step"] = () => OnSetup("Who is on duty"),
            ["guided-setup.test"] = () => OnSetup("Test Sev 1"),
            ["customer.import-sent"] = OnSentFile,
            ["report.post"] = OnReport,
            ["agenda.note"] = OnAgenda,
            ["service.move"] = OnService,
            ["escalation.agree-first"] = OnCustomSolution,
            ["role.do"] = Asked,
        };

    /// <summary>Buttons of the forms that answer a press: they stand on no post (<c>AskSomebodyTests</c>).</summary>
    public static string[] InNotices { get; } = ["role.ask"];

    /// <summary>What is registered and stands on no card that the product makes any more.</summary>
    public static IReadOnlyList<string> Retired { get; } =
    ["escalation.retrospective", "escalation.summary", "escalation.move-on"];

    private static async Task<(Desk, Scene)> OnCard(
        string who,
        string label,
        string? choice = null,
        string? first = null
    )
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        if (first is not null)
        {
            await desk.Types("engineer", "/escalate ack ESC-1");
            await desk.Types("engineer", $"/escalate {first}");
        }

        if (label == "Close")
        {
            await desk.Types("engineer", "/escalate confirm ESC-1 Their administrator");
        }

        return (desk, new Scene(who, desk.Card(), label, choice));
    }

    private static async Task<(Desk, Scene)> Asked()
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        await desk.Presses("executive", desk.Card(), "Acknowledge");
        await desk.Submits("executive");
        var asked = desk
            .Mattermost.Users.Select(u => u.Username)
            .First(name =>
                desk.ToldTo(name).Any(t => t.StartsWith(":raising_hand:", StringComparison.Ordinal))
            );
        return (desk, new Scene(asked, desk.MessagesTo(asked)[^1], "Do it"));
    }

    private static async Task<(Desk, Scene)> OnSetup(string label)
    {
        var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        return (desk, new Scene(Desk.Admin, desk.MessagesTo(Desk.Admin)[^1], label));
    }

    private static async Task<(Desk, Scene)> OnSentFile()
    {
        var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, desk.MessagesTo(Desk.Admin)[^1], "Customers by CSV");
        await desk
            .Mattermost.As(Desk.Admin)
            .PostFile(
                desk.Mattermost.DirectChannel("escalate", Desk.Admin).Id,
                "customers.csv",
                "name\nHarbour\n"u8.ToArray()
            );
        await desk.Passes(TimeSpan.FromMinutes(1));
        return (desk, new Scene(Desk.Admin, With(desk, Desk.Admin, "Import it"), "Import it"));
    }

    private static async Task<(Desk, Scene)> OnReport()
    {
        var desk = await Desk.Open();
        await desk.Types("lead", "/escalate report week");
        return (desk, new Scene("lead", desk.LastTo("lead"), "Post to the channel"));
    }

    private static async Task<(Desk, Scene)> OnAgenda()
    {
        var desk = await Desk.Open();
        desk.Mattermost.AddChannel("weekly", members: ["lead", "escalate"]);
        await desk.Types("lead", "/escalate agenda set here tue 14:00 3d before", "weekly");
        return (desk, new Scene("lead", desk.Card("weekly"), "Decision"));
    }

    private static async Task<(Desk, Scene)> OnService()
    {
        var desk = await ServiceDesk.Open();
        await desk.Prepares();
        await desk.Reaches(ServiceState.SignedOff);
        return (desk, new Scene("engineer", desk.ServiceCard(), "Begin the work"));
    }

    private static async Task<(Desk, Scene)> OnCustomSolution()
    {
        var desk = await ServiceDesk.Open();
        await desk.Files("tam", "acme", Vocabulary.Categories.Code(Category.CustomSolution));
        return (desk, new Scene(ServiceDesk.Csm, desk.Card(), "Make it a service request"));
    }

    private static async Task<(Desk, Scene)> Approval()
    {
        var desk = await Desk.Open();
        await desk.Files("tam", "acme", Vocabulary.Categories.Code(Category.InProductFeature));
        return (desk, new Scene("product", desk.Card(), "Approve"));
    }

    private static async Task<(Desk, Scene)> OnDuplicate(string label)
    {
        var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Search is slow");
        await desk.Types("tam", "/escalate new acme sev3 Search is down");
        return (desk, new Scene("tam", desk.LastTo("tam"), label));
    }

    private static async Task<(Desk, Scene)> OnEmergency(string who, string customer, string label)
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Knows("northern", "Northern Bank", 200_000);
        await desk.Knows("poor", "Poor", 1_000);
        await desk.Types("tam", $"/escalate new {customer} sev1 Login is down");
        return (desk, new Scene(who, desk.Card(), label));
    }

    private static async Task<(Desk, Scene)> OnTwin(string label)
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("lead", "/escalate new acme sev2 Slow");
        await desk.Types("tam", "/escalate new acme sev2 Down");
        return (desk, new Scene("engineer", desk.CardOf(2), label));
    }

    private static async Task<(Desk, Scene)> OnFollower()
    {
        var desk = await Desk.Open();
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Raised();
        desk.Mattermost.AddUser("onlooker");
        await desk.Types("onlooker", "/escalate follow ESC-1");
        return (desk, new Scene("engineer", desk.Cards(Incident)[^1], "Let them in"));
    }

    private static async Task<(Desk, Scene)> OnPrompt(string label)
    {
        var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Hires("backup", Role.DeploymentEngineer);
        await desk.Types("lead", "/escalate duty @engineer @backup");
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Passes(Hour);
        return (desk, new Scene("engineer", desk.LastTo("engineer"), label));
    }

    private static async Task<(Desk, Scene)> Held()
    {
        var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate state ESC-1 monitoring");
        await desk.Passes(25 * Hour);
        return (desk, new Scene("engineer", With(desk, "engineer", "It held"), "It held"));
    }

    private static async Task<(Desk, Scene)> NoChannel()
    {
        var desk = await Desk.Open();
        desk.Mattermost.Forbid("create_private_channel");
        await desk.Raised();
        return (desk, new Scene(Desk.Admin, desk.LastTo(Desk.Admin), "Try again"));
    }

    private static async Task<(Desk, Scene)> OnChecklist(string label)
    {
        var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("engineer", "/escalate ack ESC-1");
        var list = desk.Cards(Incident)[1];
        return (desk, new Scene("engineer", list, label, list.Menu(label)[0]));
    }

    private static async Task<(Desk, Scene)> Refused()
    {
        var desk = await Desk.Open();
        desk.Mattermost.AddChannel("secret", type: "P", members: ["tam"]);
        await desk.Types("tam", "/escalate new acme sev3 Slow", "secret");
        return (desk, new Scene("tam", desk.LastTo("tam"), "Post it now"));
    }

    private static async Task<(Desk, Scene)> ReadPlaybook()
    {
        var desk = await Desk.Open();
        await desk.Imports("lead", PlaybookImportTests.Exported);
        return (desk, new Scene("lead", desk.LastTo("lead"), "Keep it"));
    }

    private static async Task<(Desk, Scene)> DeadHook()
    {
        var desk = await Desk.Open(settings: WebhookDesk.Near);
        // Nothing listens there.
        await desk.Types(
            Desk.Admin,
            "/escalate webhook add http://127.0.0.1:9/hook escalation.raised"
        );
        await desk.Types("tam", "/escalate new acme sev4 Slow");
        await desk.Passes(TimeSpan.FromHours(25));
        return (desk, new Scene(Desk.Admin, desk.LastTo(Desk.Admin), "Send a test"));
    }

    private static async Task<(Desk, Scene)> OnRequest(string label)
    {
        var desk = await RequestDesk.Open();
        await Asks(desk);
        return (desk, new Scene(RequestDesk.CsLead, desk.LastTo(RequestDesk.CsLead), label));
    }

    private static async Task<(Desk, Scene)> Approved()
    {
        var desk = await RequestDesk.Open();
        await Asks(desk);
        await desk.Approve();
        return (
            desk,
            new Scene(
                RequestDesk.CsLead,
                desk.LastTo(RequestDesk.CsLead),
                "Assign an engineer",
                "engineer"
            )
        );
    }

    private static async Task<(Desk, Scene)> Named()
    {
        var desk = await RequestDesk.Open();
        await Asks(desk);
        await desk.Approve();
        await desk.Types(RequestDesk.CsLead, "/escalate engineer assign ASG-1 @engineer");
        const string label = "The customer was told";
        return (desk, new Scene("engineer", With(desk, "engineer", label), label));
    }

    private static async Task<(Desk, Scene)> OnReview(string label)
    {
        var desk = await Staff.Open();
        await desk.Has(Staff.Assignment(desk) with { ReviewOn = new DateOnly(2026, 3, 7) });
        await desk.PassesTo(Staff.Day(3, 9, 10));
        return (desk, new Scene("engineer", desk.LastTo("engineer"), label));
    }

    private static async Task<(Desk, Scene)> OnHandOver(
        string who,
        string label,
        string? choice = null
    )
    {
        var desk = await Staff.Open();
        await desk.Has(Staff.Assignment(desk));
        await desk.Types("engineer", "/escalate engineer handover ASG-1 stagnating");
        if (who == "second")
        {
            await desk.Types("cslead", "/escalate engineer handover ASG-1 to @second");
        }

        return (desk, new Scene(who, desk.LastTo(who), label, choice));
    }

    private static async Task<(Desk, Scene)> OnCheckIn(string label)
    {
        var desk = await GivenPair.Open();
        await GivenPair.Assigns(desk, plan: GivenPair.Tuesdays);
        await desk.Passes(TimeSpan.FromHours(30));
        if (label == "All as last time")
        {
            await GivenPair.Answers(desk, "engineer", "All is well");
            await desk.Passes(TimeSpan.FromDays(7));
        }

        return (desk, new Scene("engineer", With(desk, "engineer", label), label));
    }

    private static async Task<(Desk, Scene)> OnServices(string label)
    {
        var desk = await GivenPair.Open();
        await GivenPair.Assigns(desk, plan: GivenPair.Tuesdays);
        await desk.Passes(TimeSpan.FromHours(30));
        await GivenPair.Answers(desk, "engineer", "All is well", services: true);
        return (desk, new Scene("cslead", With(desk, "cslead", label), label));
    }

    private static async Task<(Desk, Scene)> Planned()
    {
        var desk = await GivenPair.Open();
        await GivenPair.Assigns(desk);
        return (desk, new Scene("ce", desk.LastTo("ce"), "Move it"));
    }

    /// <summary>A request on its card: requested, qualified, documented, started.</summary>
    private static async Task<(Desk, Scene)> OnImplementation(int stage, string who, string label)
    {
        var desk = await ImplementationDesk.Open();
        await desk.Types(
            ImplementationDesk.Lead,
            "/escalate implementation channel here",
            ImplementationDesk.Room
        );
        await (stage == 0 ? ImplementationDesk.Requests(desk) : desk.Qualifies());
        if (stage > 1)
        {
            await desk.Links();
        }

        if (stage > 2)
        {
            await desk.Does(ImplementationDesk.Ie, "start", 1);
        }

        var card = desk.In(ImplementationDesk.Room).Last(p => p.Buttons().Contains(label));
        return (desk, new Scene(who, card, label));
    }

    private static async Task<(Desk, Scene)> LeadershipAsked()
    {
        var desk = await ImplementationDesk.Open();
        await ImplementationDesk.Requests(desk);
        await desk.Does(
            ImplementationDesk.Lead,
            "decide",
            1,
            ("decision", "ask-leadership"),
            ("why", "Is it worth it?")
        );
        return (
            desk,
            new Scene(
                ImplementationDesk.Sales,
                desk.LastTo(ImplementationDesk.Sales),
                "Give your word…"
            )
        );
    }

    private static async Task<(Desk, Scene)> Withdrawable()
    {
        var desk = await ImplementationDesk.Open();
        await ImplementationDesk.Requests(desk);
        return (
            desk,
            new Scene(ImplementationDesk.Ce, desk.LastTo(ImplementationDesk.Ce), "Withdraw…")
        );
    }

    /// <summary>An engineer is requested, and the CE named by hand.</summary>
    public static async Task Asks(Desk desk)
    {
        await desk.Types("tam", "/escalate engineer request acme");
        var outcome = await desk.Submits(
            "tam",
            ("why", "They migrate"),
            ("ends_on", ""),
            ("ce", RequestDesk.Ce)
        );
        outcome.Closed.ShouldBeTrue(outcome.Error);
    }

    private static Post With(Desk desk, string who, string label) =>
        desk.MessagesTo(who).Last(m => m.Buttons().Contains(label));
}
