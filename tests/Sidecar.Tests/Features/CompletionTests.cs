using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Tests.Features.Assignments.CheckIns;
using Sidecar.Tests.Features.Assignments.Requests;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Features.ServiceRequests;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features;

/// <summary>What is offered while somebody types a command, and to whom.</summary>
public sealed class CompletionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UP_1_Customers_are_offered_by_key_and_by_name_and_archived_ones_are_not()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("zeb", "Zebra Corp", null);
        await desk.Knows("zq", "Zephyr", null);
        await desk.Knows("zold", "Zold", null);
        await desk.Types("tam", "/escalate customer archive zold");

        (await Offered(desk, "customers", "tam", "z")).ShouldBe(["zeb", "zq"]);
        (await Offered(desk, "customers", "tam", "ZE")).ShouldBe(["zeb", "Zephyr"]);
        (await Offered(desk, "customers", "tam", "\"ze")).ShouldBe([
            "\"Zebra Corp\"",
            "\"Zephyr\"",
        ]);
        (await Offered(desk, "customers", "tam", "nobody")).ShouldBeEmpty();
        (await Offered(desk, "customers", "tam", new string('z', 5000))).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_The_readers_own_customers_stand_first_and_never_more_than_twenty()
    {
        await using var desk = await Desk.Open();
        for (var i = 10; i < 50; i++)
        {
            await desk.Knows($"many-{i}", $"Many {i}", null);
        }

        await ImplementationDesk.IsKnown(
            desk,
            "many-49",
            c => c with { TechnicalAccountManager = desk.IdOf("tam") }
        );

        var offered = await Offered(desk, "customers", "tam", "many");
        offered.Count.ShouldBe(ICompletion.Most);
        offered[0].ShouldBe("many-49");
    }

    [Fact]
    public async Task X4_Who_may_not_read_customers_is_offered_none_and_neither_is_a_guest()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        desk.Mattermost.AddUser("stranger");
        (await Offered(desk, "customers", "tam", "")).ShouldNotBeEmpty();

        (await Offered(desk, "customers", "stranger", "")).ShouldBeEmpty();
        (await Offered(desk, "customers", "stranger", "acm")).ShouldBeEmpty();
        (await Offered(desk, "implementations", "stranger", "")).ShouldBeEmpty();
        desk.Mattermost.AddUser("visitor", roles: "system_guest");
        foreach (var completion in desk.Parts.GetServices<ICompletion>())
        {
            (await Offered(desk, completion.Name, "visitor", "")).ShouldBeEmpty(completion.Name);
        }
    }

    [Fact]
    public async Task UP_1_Numbers_are_offered_as_they_are_typed()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();

        foreach (
            var (typed, word) in new[]
            {
                ("", "ESC-1"),
                ("e", "ESC-1"),
                ("esc-", "ESC-1"),
                ("esc1", "ESC1"),
                ("1", "1"),
                ("#1", "#1"),
            }
        )
        {
            (await Offered(desk, "escalations", "tam", typed)).ShouldBe([word], typed);
        }

        (await Offered(desk, "escalations", "tam", "ESC-2")).ShouldBeEmpty();
        (await Offered(desk, "escalations", "tam", "ASG-")).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_What_is_over_is_offered_when_its_number_is_typed_whole()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Types("tam", "/escalate cancel ESC-1 It was nothing");
        (await desk.Types("tam", "/escalate list")).Text.ShouldNotContain("ESC-1");

        (await Offered(desk, "escalations", "tam", "ESC-")).ShouldBeEmpty();
        (await Offered(desk, "escalations", "tam", "ESC-1")).ShouldBe(["ESC-1"]);
    }

    [Fact]
    public async Task X3_The_order_tells_nothing_of_who_pays_to_who_may_not_know()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("small", "Small", 200_000);
        await desk.Knows("large", "Large", 9_000_000);
        await desk.Types("tam", "/escalate new small sev3 Slow search");
        await desk.Types("tam", "/escalate new large sev3 Slow search here too");
        desk.Mattermost.AddUser("stranger");

        (await Offered(desk, "escalations", "stranger", "")).ShouldBe(["ESC-1", "ESC-2"]);
    }

    [Fact]
    public async Task UP_1_Assignments_are_offered()
    {
        await using var desk = await RequestDesk.Open();
        await RequestDesk.Requests(desk);

        (await Offered(desk, "assignments", "tam", "asg")).ShouldBe(["ASG-1"]);
    }

    [Fact]
    public async Task UP_1_Implementation_requests_are_offered()
    {
        await using var desk = await ImplementationDesk.Open();
        await desk.Qualifies();

        (await Offered(desk, "implementations", ImplementationDesk.Ce, "")).ShouldBe(["IMP-1"]);
    }

    [Fact]
    public async Task UP_1_Service_requests_are_offered()
    {
        await using var desk = await ServiceDesk.Open();
        await desk.Prepares();

        (await Offered(desk, "services", ServiceDesk.Csm, "s")).ShouldBe(["SRV-1"]);
    }

    [Fact]
    public async Task UP_1_Of_check_ins_the_customers_with_an_engineer_are_offered_one_s_own_first()
    {
        await using var desk = await GivenPair.Open();
        await GivenPair.Assigns(desk, "alpha", number: 1);
        await GivenPair.Assigns(desk, "zeta", number: 2);
        await desk.Knows("other", "Other", null);

        (await Offered(desk, "check-ins", "cslead", "")).ShouldBe(["alpha", "zeta"]);
        (await Offered(desk, "check-ins", "cslead", "z")).ShouldBe(["zeta"]);
        // That somebody has an engineer is known to people of the team alone.
        (await Offered(desk, "check-ins", "guest", "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task UP_1_People_who_have_a_role_are_offered_to_the_team()
    {
        await using var desk = await Desk.Open();

        (await Offered(desk, "people", "engineer", "@ta")).ShouldBe(["@tam"]);
        (await Offered(desk, "people", "engineer", "ta")).ShouldBeEmpty();
        (await Offered(desk, "people", "guest", "@ta")).ShouldBeEmpty();
    }

    [Fact]
    public async Task API_2_Tokens_are_offered_to_their_owners_and_webhooks_to_administrators()
    {
        await using var desk = await Desk.Open();
        await desk.Types("engineer", "/escalate token make mine");

        (await Offered(desk, "tokens", "engineer", "")).ShouldBe(["TOK-1"]);
        (await Offered(desk, "tokens", Desk.Admin, "")).ShouldBeEmpty();
        await desk.Types(Desk.Admin, "/escalate webhook add https://hooks.example.com/escalate");
        (await Offered(desk, "webhooks", Desk.Admin, "h")).ShouldBe(["HOOK-1"]);
        (await Offered(desk, "webhooks", "engineer", "")).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> Offered(
        Desk desk,
        string what,
        string who,
        string typed
    ) =>
        [
            .. (
                await desk
                    .Parts.GetServices<ICompletion>()
                    .Single(c => c.Name == what)
                    .Offer(desk.IdOf(who), typed, Cancel)
            ).Select(o => o.Word),
        ];
}
