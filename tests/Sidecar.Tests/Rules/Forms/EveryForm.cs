using System.Collections.Immutable;
using System.Globalization;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Implementations.Domain;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Features.ServiceRequests;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>A form of the product, and how somebody comes to it.</summary>
/// <param name="Dialog">Which dialog it is: the name under which a feature registers it.</param>
/// <param name="Who">Who opens it.</param>
/// <param name="Open">Brings it onto their screen, filled with what is known.</param>
/// <param name="Does">
/// Submitted untouched it does something: then this tells that it did that, and that what was filled in is as it was.
/// Null when it must write nothing.
/// </param>
internal sealed record FormCase(
    string Dialog,
    string Who,
    Func<Desk, Task> Open,
    Func<Desk, Task>? Does = null
);

/// <summary>Every form that the product has, in an order in which one day can hold them.</summary>
internal static class EveryForm
{
    private const string Lab = "https://lab.test/acme";

    /// <summary>Forms without fields: there is nothing in them that could be touched. Their presses are tried elsewhere, as is the
    /// one that is filled and adds what it says when it is sent.</summary>
    public static ImmutableArray<string> Questions { get; } =
    ["escalation.update.hand-over", "escalation.add-customer", "guided-setup.raise-test"];

    public static ImmutableArray<FormCase> Cases { get; } =
    [
        .. OfCustomers(),
        .. OfEscalations(),
        .. OfAssignments(),
        .. OfCheckIns(),
        .. OfVetting(),
        .. OfImplementations(),
        .. OfSetup(),
        .. OfServices(),
        .. OfFigures(),
        .. OfIntegrations(),
        .. OfPanel(),
    ];

    /// <summary>Those that only the panel opens. What has to be chosen is not even sent untouched.</summary>
    private static IEnumerable<FormCase> OfPanel() =>
        [
            Pressed("panel.who", "lead", "assign"),
            Pressed("checklist.skip-stage", "lead", "skip", task: "2"),
            Pressed("escalation.choose-customer", "tam", "chooseCustomer", customer: "nobody"),
        ];

    private static FormCase Pressed(
        string dialog,
        string who,
        string act,
        string? task = null,
        string customer = "acme"
    ) =>
        new(
            dialog,
            who,
            async desk =>
            {
                await desk.Types("tam", $"/escalate new {customer} sev1 For {act}");
                var id = (await desk.List("lead", "open"))
                    .Ids()
                    .MaxBy(i => long.Parse(i[4..], CultureInfo.InvariantCulture))!;
                await desk.Runs(
                    who,
                    new
                    {
                        v = 2,
                        act,
                        task,
                        id,
                    }
                );
            }
        );

    private static IEnumerable<FormCase> OfCustomers() =>
        [
            Typed(
                "customer.add",
                "tam",
                "customer add Beta Corp",
                async desk =>
                {
                    var added = await desk.CustomerOf("beta-corp");
                    added.TechnicalAccountManager.ShouldBe(desk.IdOf("tam"));
                    (added.CustomerEngineer, added.Phase, added.Arr).ShouldBe((null, null, null));
                }
            ),
            Typed("customer.edit", "tam", "customer edit acme account"),
            Typed("customer.edit", "tam", "customer edit acme owners"),
            Typed("customer.edit", "tam", "customer edit acme deployment"),
            Typed("customer.edit", "tam", "customer edit acme links"),
            Typed("customer.measure", "tam", "customer edit acme usage"),
        ];

    private static IEnumerable<FormCase> OfIntegrations() =>
        [Typed("webhook.add", Desk.Admin, "webhook add")];

    private static IEnumerable<FormCase> OfEscalations() =>
        [
            Typed("escalation.raise", "tam", "new"),
            Typed("escalation.edit", "engineer", "edit ESC-1"),
            // The other one has to be chosen, so an untouched one is not even sent.
            Typed("escalation.merge-choose", "engineer", "merge ESC-1"),
            new(
                "escalation.merge-form",
                "engineer",
                async desk =>
                {
                    await desk.Types("tam", "/escalate new acme sev2 Again");
                    await desk.Presses("engineer", desk.CardOf(2), "Merge with ESC-1");
                },
                async desk => (await desk.StateOf(2)).ShouldBe(EscalationState.Closed)
            ),
            new(
                "escalation.redirect-form",
                "engineer",
                async desk =>
                {
                    await desk.Knows("poor", "Poor", 1_000);
                    await desk.Types("tam", "/escalate new poor sev2 Login is down");
                    await desk.Presses("engineer", desk.CardOf(3), "Hand over");
                },
                async desk => (await desk.StateOf(3)).ShouldBe(EscalationState.Redirected)
            ),
            Typed("checklist.task", "lead", "task ESC-1 2.4"),
            new(
                "checklist.more",
                "engineer",
                async desk =>
                    await desk.Presses(
                        "engineer",
                        desk.Cards("sev1-acme-20260302")[1],
                        "Change a task…",
                        "more"
                    )
            ),
            new(
                "escalation.update",
                "engineer",
                async desk => await desk.Types("engineer", "/escalate update ESC-1"),
                async desk =>
                {
                    var after = await desk.Stored();
                    after.LastUpdate!.Summary.ShouldBe(after.Summary);
                    after.LastUpdate.CustomerImpact.ShouldBe("Nobody can work");
                    after.Began.ShouldBe(Desk.Morning);
                }
            ),
            Typed(
                "escalation.resolve",
                "engineer",
                "resolve ESC-1 what solved it",
                async desk =>
                {
                    var after = await desk.Stored();
                    after.State.ShouldBe(EscalationState.Resolved);
                    after.Work.Bug.ShouldBe("https://tickets.test/1");
                    after.Work.NeedsBackport.ShouldBe(true);
                }
            ),
            Typed("escalation.give-words", "lead", "close ESC-1"),
            new(
                "escalation.retrospective",
                "engineer",
                async desk =>
                {
                    await desk.Types("engineer", "/escalate retrospective ESC-1");
                    await desk.Submits("engineer", ("improvements", "More"), ("changes", "Less"));
                    await desk.Types("engineer", "/escalate retrospective ESC-1");
                }
            ),
        ];

    private static IEnumerable<FormCase> OfAssignments() =>
        [
            Typed("assignment.told", "engineer", "engineer told ASG-50"),
            Typed("assignment.end", "cslead", "engineer end ASG-50"),
            new(
                "assignment.keep",
                "engineer",
                async desk =>
                {
                    await desk.Types("engineer", $"/escalate engineer environment ASG-50 {Lab}");
                    await desk.Types("engineer", "/escalate engineer environment ASG-50");
                }
            ),
            Typed("assignment.keep", "engineer", "engineer meeting ASG-50"),
            new(
                "assignment.keep",
                "engineer",
                async desk =>
                {
                    await desk.Types(
                        "engineer",
                        $"/escalate engineer doc ASG-50 {Lab} Plan updated today"
                    );
                    await desk.Types("engineer", "/escalate engineer doc ASG-50");
                }
            ),
            Typed(
                "assignment.review.form",
                "cslead",
                "engineer review ASG-50",
                async desk => (await Of(desk)).State.ShouldBe(AssignmentState.Active)
            ),
            Typed("overload.say", "engineer", "overload"),
            new(
                "assignment.back-up-all-the-same",
                "cslead",
                async desk =>
                {
                    await desk.Types("backup", "/escalate overload Help");
                    await desk.Types("cslead", "/escalate engineer backup ASG-50 none");
                    await desk.Types("cslead", "/escalate engineer backup ASG-50 @backup");
                },
                async desk => (await Of(desk)).BackUp.ShouldBe(desk.IdOf("backup"))
            ),
            // Neither is chosen by itself, so an untouched one is not even sent.
            Typed("assignment.hand-over.which", "cslead", "engineer handover"),
            // The reason has to be chosen, so an untouched one is not even sent.
            Typed("assignment.hand-over.form", "engineer", "engineer handover ASG-50"),
            new(
                "assignment.hand-over.decline-form",
                "second",
                async desk =>
                {
                    await desk.Types("engineer", "/escalate engineer handover ASG-50 stagnating");
                    await desk.Types("cslead", "/escalate engineer handover ASG-50 to @second");
                    await desk.Presses("second", desk.MessagesTo("second")[^1], "Decline");
                },
                async desk => (await Of(desk)).HandOver!.To.ShouldBeNull()
            ),
        ];

    private static IEnumerable<FormCase> OfCheckIns() =>
        [
            new(
                "assignment.check-in.plan",
                "ce",
                async desk =>
                {
                    await GivenPair.Assigns(desk, "acme-labs", number: 51);
                    await desk.Presses("ce", desk.MessagesTo("ce")[^1], "Move it");
                }
            ),
            Typed("assignment.check-in", "engineer", "checkin acme"),
            new(
                "assignment.check-in.skip",
                "engineer",
                async desk =>
                {
                    await desk.PassesTo(Desk.Morning.AddDays(1).AddHours(5));
                    await desk.Presses("engineer", Prompt(desk), "Skip");
                }
            ),
            new(
                "assignment.check-in.move",
                "engineer",
                desk => desk.Presses("engineer", Prompt(desk), "Move")
            ),
            new(
                "assignment.check-in.correct",
                "engineer",
                async desk =>
                {
                    await desk.Types("engineer", "/escalate checkin acme");
                    await desk.Submits("engineer", ("going_well", "Fine"));
                    await desk.Types("engineer", "/escalate checkin correct acme");
                }
            ),
        ];

    private static IEnumerable<FormCase> OfVetting() =>
        [
            Typed("assignment.start", "cslead", "engineer start gamma"),
            Typed("assignment.request", "tam", "engineer request gamma"),
            new(
                "assignment.decline",
                "cslead",
                async desk =>
                {
                    await RequestDesk.Requests(desk, "gamma");
                    await desk.Types("cslead", "/escalate engineer decline ASG-1");
                }
            ),
            new(
                "assignment.assign-all-the-same",
                "cslead",
                async desk =>
                {
                    await Approve(desk, 1, "saleslead", "celead", "cslead");
                    await desk.Types("cslead", "/escalate engineer assign ASG-1 @backup");
                },
                async desk => (await Of(desk, 1)).Engineer.ShouldBe(desk.IdOf("backup"))
            ),
            new(
                "assignment.exceed-cap",
                "cslead",
                async desk =>
                {
                    await RequestDesk.Places(desk, 15);
                    await RequestDesk.Requests(desk, "delta");
                    await Approve(desk, 2, "saleslead", "celead", "cslead");
                }
            ),
        ];

    private static IEnumerable<FormCase> OfImplementations() =>
        [
            Typed("implementation.request", "tam", "implementation acme"),
            new(
                "implementation.score",
                "ie-lead",
                async desk =>
                {
                    await desk.Types("tam", "/escalate implementation acme");
                    await desk.Submits("tam", ("type", "ProductionDeployment"));
                    await desk.Scores("ie-lead", 4);
                    await desk.Types("ie-lead", "/escalate implementation score IMP-1");
                }
            ),
            Typed("implementation.decide", "ie-lead", "implementation decide IMP-1"),
            new(
                "implementation.word",
                "saleslead",
                async desk =>
                {
                    await desk.Does(
                        "ie-lead",
                        "decide",
                        1,
                        ("decision", "ask-leadership"),
                        ("why", "Is it worth it?")
                    );
                    await desk.Types("saleslead", "/escalate implementation word IMP-1");
                }
            ),
            Typed("implementation.decide", "ie-lead", "implementation decide IMP-1"),
            new(
                "implementation.documents",
                "tam",
                async desk =>
                {
                    await desk.Does(
                        "ie-lead",
                        "decide",
                        1,
                        ("decision", "qualify"),
                        ("ie", "ie-lead")
                    );
                    await desk.Does(
                        "tam",
                        "documents",
                        1,
                        ("design", Lab),
                        ("questionnaire", Lab),
                        ("is_complete", true)
                    );
                    await desk.Types("tam", "/escalate implementation documents IMP-1");
                }
            ),
            Typed("implementation.decide", "ie-lead", "implementation decide IMP-1"),
            Typed("implementation.edit", "tam", "implementation edit IMP-1"),
            Typed("implementation.people", "ie-lead", "implementation people IMP-1"),
            Typed("implementation.requirement", "ie-lead", "implementation requirement IMP-1"),
            Typed(
                "implementation.start",
                "ie-lead",
                "implementation start IMP-1",
                async desk =>
                    (await desk.Implementation()).State.ShouldBe(ImplementationState.Started)
            ),
            new(
                "implementation.dates",
                "tam",
                async desk =>
                {
                    await desk.Does(
                        "tam",
                        "dates",
                        1,
                        ("kick_off", "2026-07-01"),
                        ("target", "2026-09-01")
                    );
                    await desk.Types("tam", "/escalate implementation dates IMP-1");
                }
            ),
            Typed("implementation.complete", "ie-lead", "implementation complete IMP-1"),
            Typed("implementation.withdraw", "tam", "implementation withdraw IMP-1"),
        ];

    private static IEnumerable<FormCase> OfSetup() =>
        [
            OnList("guided-setup.roles", "Give roles"),
            OnList("guided-setup.channel", "Choose a channel"),
            OnList("guided-setup.duty", "Who is on duty"),
        ];

    private static IEnumerable<FormCase> OfServices() =>
        [
            Typed("service.prepare", "tam", "service acme"),
            new(
                "service.move-form",
                "tam",
                async desk =>
                {
                    await ServiceDesk.Prepares(desk, "tam");
                    await desk.Types("tam", "/escalate service edit SRV-1");
                }
            ),
            Typed("service.move-form", "tam", "service signed SRV-1"),
            new(
                "service.move-form",
                "tam",
                async desk =>
                {
                    await desk.Types("tam", "/escalate service signed SRV-1 verbally by Ann");
                    await desk.Types("tam", "/escalate service edit SRV-1");
                }
            ),
            Typed("service.move-form", "tam", "service cancel SRV-1"),
            new(
                "service.move-form",
                "tam",
                async desk =>
                {
                    await desk.Types("engineer", "/escalate service start SRV-1");
                    await desk.Types("engineer", "/escalate service deliver SRV-1 The script");
                    await desk.Types("tam", "/escalate service accept SRV-1");
                }
            ),
            new(
                "service.move-form",
                "tam",
                async desk =>
                {
                    await desk.Types("tam", "/escalate service accept SRV-1 Ann");
                    await desk.Types("tam", "/escalate service complete SRV-1 de: each release");
                    await desk.Types("tam", "/escalate service complete SRV-1");
                }
            ),
        ];

    private static IEnumerable<FormCase> OfFigures() =>
        [
            Typed(
                "report.choose",
                "tam",
                "report",
                desk =>
                {
                    desk.ToldTo("tam")
                        .ShouldContain(t => t.Contains("#### Report", StringComparison.Ordinal));
                    return Task.CompletedTask;
                }
            ),
            new(
                "agenda.plan",
                "cslead",
                async desk =>
                {
                    desk.Mattermost.AddChannel("weekly", members: ["cslead", "escalate"]);
                    await desk.Types(
                        "cslead",
                        $"/escalate agenda set {desk.Clock.GetUtcNow().AddDays(2).DayOfWeek} 14:00 6d before",
                        "weekly"
                    );
                    await desk.Types("cslead", "/escalate agenda set", "weekly");
                }
            ),
            new(
                "agenda.note",
                "cslead",
                async desk =>
                    await desk.Presses("cslead", desk.Mattermost.LastPost("weekly"), "Note")
            ),
        ];

    private static FormCase OnList(string dialog, string button) =>
        new(
            dialog,
            Desk.Admin,
            async desk =>
            {
                await desk.Types(Desk.Admin, "/escalate setup");
                await desk.Presses(Desk.Admin, desk.MessagesTo(Desk.Admin)[^1], button);
            }
        );

    /// <summary>A desk at which there is something to change in every form.</summary>
    public static async Task<Desk> Prepared(SimulatorOptions age)
    {
        var desk = await GivenPair.Open(options: age);
        await desk.Hires("second", Sidecar.People.Role.SupportEngineer);
        await desk.Hires("ie-lead", Sidecar.People.Role.ImplementationLead);
        await FormDesk.FillsIn(desk, "acme");
        await GivenPair.Assigns(desk, plan: GivenPair.Tuesdays, number: 50);
        foreach (var prospect in (string[])["gamma", "delta"])
        {
            await desk.Knows(prospect, prospect, 60_000);
            await RequestDesk.Is(desk, prospect, CustomerPhase.PreSales, isStrategic: false);
        }

        await desk.Raised();
        foreach (
            var line in (string[])
                [
                    "edit ESC-1 customer_impact Nobody can work",
                    "edit ESC-1 links https://wiki.test/1",
                    "link ESC-1 bug https://tickets.test/1",
                    "link ESC-1 backport yes",
                    "task ESC-1 2.4 assign @engineer",
                    "task ESC-1 2.4 due tomorrow 8am",
                ]
        )
        {
            await desk.Types("engineer", $"/escalate {line}");
        }

        return desk;
    }

    private static FormCase Typed(
        string dialog,
        string who,
        string line,
        Func<Desk, Task>? does = null
    ) => new(dialog, who, desk => desk.Types(who, $"/escalate {line}"), does);

    private static Post Prompt(Desk desk) =>
        desk.MessagesTo("engineer")
            .Last(p => p.Message.StartsWith(":speech_balloon:", StringComparison.Ordinal));

    private static Task<Assignment> Of(Desk desk, long number = 50) =>
        GivenPair.Assignment(desk, number);

    private static async Task Approve(Desk desk, long number, params string[] leads)
    {
        foreach (var lead in leads)
        {
            await desk.Types(lead, $"/escalate engineer approve {RequestDesk.Name(number)}");
        }
    }
}
