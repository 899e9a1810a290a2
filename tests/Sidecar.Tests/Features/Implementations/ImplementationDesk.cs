using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Implementations;
using Sidecar.Features.Implementations.Domain;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Implementations;

/// <summary>The people of an implementation, and what its tests do again and again.</summary>
internal static class ImplementationDesk
{
    public const string Lead = "ie-lead";
    public const string Ie = "ie";
    public const string Other = "other-ie";
    public const string Ce = "ce";
    public const string Ae = "ae";
    public const string Ta = "ta";
    public const string Sales = "sales-lead";
    public const string CeLead = "ce-lead";
    public const string Room = "ask-implementation";
    public const string Design = "https://docs.test/design";
    public const string Questionnaire = "https://docs.test/questionnaire";
    public const string Documentation = "https://docs.test/as-built";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Everybody is there; Acme Labs is a prospect of the CE's and the AE's.</summary>
    public static async Task<Desk> Open(
        string? settings = null,
        DateTimeOffset? at = null,
        SimulatorOptions? server = null
    )
    {
        var desk = await Desk.Open(server, settings: settings, at: at);
        await desk.Hires(Lead, Role.ImplementationLead);
        await desk.Hires(Ie, Role.ImplementationEngineer);
        await desk.Hires(Other, Role.ImplementationEngineer);
        await desk.Hires(Ce, Role.CustomerEngineer);
        await desk.Hires(Ae, Role.AccountExecutive);
        await desk.Hires(Ta, Role.TechnicalAdvisor);
        await desk.Hires(Sales, Role.SalesLead);
        await desk.Hires(CeLead, Role.CustomerEngineeringLead);
        desk.Mattermost.AddChannel(Room, members: [Lead, Ie, Other, Ce, "escalate"]);
        await desk.IsKnown(
            "acme-labs",
            c =>
                c with
                {
                    Phase = CustomerPhase.PreSales,
                    CustomerEngineer = desk.IdOf(Ce),
                    AccountExecutive = desk.IdOf(Ae),
                }
        );
        return desk;
    }

    public static async Task IsKnown(this Desk desk, string key, Func<Customer, Customer> edited)
    {
        var read = (
            await desk.Store.Find(Sidecar.Features.Customers.Domain.Customer.Kind, key, Cancel)
        )!;
        (
            await desk.Store.Commit(
                new Change(desk.Clock.GetUtcNow(), "test").Replace(
                    Sidecar.Features.Customers.Domain.Customer.Kind,
                    read,
                    edited(read.Value)
                ),
                Cancel
            )
        ).ShouldBeTrue();
    }

    /// <summary>A form that is open is filled in, and nothing is left to say.</summary>
    public static async Task Fills(
        this Desk desk,
        string who,
        params (string Field, object? Value)[] values
    )
    {
        var outcome = await desk.Submits(who, values);
        outcome.Closed.ShouldBeTrue(
            $"{outcome.Error} {string.Join(' ', outcome.FieldErrors.Values)}"
        );
    }

    /// <summary>Somebody does a step by its command.</summary>
    public static async Task Does(
        this Desk desk,
        string who,
        string step,
        long number,
        params (string Field, object? Value)[] values
    )
    {
        var answer = await desk.Types(who, $"/escalate implementation {step} IMP-{number}");
        desk.Mattermost.OpenDialogOf(who).ShouldNotBeNull(answer.Text);
        await desk.Fills(who, values);
    }

    public static async Task Requests(
        this Desk desk,
        string customer = "acme-labs",
        string method = "Kubernetes on EKS",
        string by = Ce,
        string type = "ProductionDeployment"
    )
    {
        (await desk.Types(by, $"/escalate implementation {customer}")).Text.ShouldBeEmpty();
        await desk.Fills(by, ("type", type), ("method", method));
    }

    public static Task Scores(
        this Desk desk,
        string who,
        int all,
        long number = 1,
        string note = ""
    ) =>
        desk.Does(
            who,
            "score",
            number,
            ("revenue", $"{all}"),
            ("complexity", $"{all}"),
            ("market", $"{all}"),
            ("intangibles", $"{all}"),
            ("bandwidth", $"{all}"),
            ("note", note)
        );

    /// <summary>Requested, scored and qualified; the IE leads it.</summary>
    public static async Task Qualifies(
        this Desk desk,
        int score = 4,
        string customer = "acme-labs",
        long number = 1
    )
    {
        await desk.Requests(customer);
        await desk.Scores(Ie, score, number);
        await desk.Does(Lead, "decide", number, ("decision", "qualify"), ("ie", Ie));
        (await desk.Implementation(number)).State.ShouldBe(ImplementationState.Qualified);
    }

    public static Task Links(this Desk desk, long number = 1) =>
        desk.Does(
            Ce,
            "documents",
            number,
            ("design", Design),
            ("questionnaire", Questionnaire),
            ("is_complete", true)
        );

    /// <summary>Qualified, documented and started.</summary>
    public static async Task Starts(this Desk desk)
    {
        await desk.Qualifies();
        await desk.Links();
        await desk.Does(Ie, "start", 1);
        (await desk.Implementation()).State.ShouldBe(ImplementationState.Started);
    }

    public static async Task<Implementation> Implementation(this Desk desk, long number = 1) =>
        (await desk.Store.Find(ImplementationIndexes.Kind, $"IMP-{number}", Cancel))!.Value;

    public static async Task<Customer> Customer(this Desk desk, string key) =>
        (
            await desk.Store.Find(Sidecar.Features.Customers.Domain.Customer.Kind, key, Cancel)
        )!.Value;

    public static int Count(this Desk desk, string who, string words) =>
        desk.ToldTo(who).Count(t => t.Contains(words, StringComparison.Ordinal));

    public static Post Last(this Desk desk, string who) => desk.MessagesTo(who)[^1];

    public static IReadOnlyList<Post> In(this Desk desk, string channel) =>
        desk.Mattermost.Posts(channel);

    public static DateTimeOffset Day(int month, int day, int hour = 9) =>
        new(2026, month, day, hour, 0, 0, TimeSpan.Zero);
}
