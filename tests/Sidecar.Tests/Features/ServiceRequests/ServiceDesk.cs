using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.ServiceRequests;
using Sidecar.People;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.ServiceRequests;

/// <summary>What tests of service requests do often, and where they look.</summary>
internal static class ServiceDesk
{
    public const string Csm = "csm";
    public const string CsLead = "cs-lead";

    public const string Title = "Tickets into channels";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A CSM and a CS lead are there, too. It is Monday 2 March 2026, 09:00.</summary>
    public static async Task<Desk> Open(string? settings = null)
    {
        var desk = await Desk.Open(settings: settings ?? Desk.WithoutIncidents);
        await desk.Hires(Csm, Role.CustomerSuccessManager);
        await desk.Hires(CsLead, Role.CustomerSuccessLead);
        return desk;
    }

    /// <summary>The CSM prepares one by form; nothing is left to say.</summary>
    public static async Task Prepares(
        this Desk desk,
        string by = Csm,
        string customer = "acme",
        string? engineer = "engineer",
        params (string Field, object? Value)[] otherwise
    )
    {
        (await desk.Types(by, $"/escalate service {customer}")).Text.ShouldBeEmpty();
        var outcome = await desk.Answers(by, engineer, otherwise);
        outcome.Closed.ShouldBeTrue(
            $"{outcome.Error} {string.Join(' ', outcome.FieldErrors.Values)}"
        );
    }

    /// <summary>The open form for a new one is filled in.</summary>
    public static Task<DialogOutcome> Answers(
        this Desk desk,
        string by,
        string? engineer,
        params (string Field, object? Value)[] otherwise
    )
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = Title,
            ["delivers"] = "A script that posts new tickets, and its manual.",
            ["by"] = engineer,
            ["starts_on"] = "2026-03-09",
            ["due_on"] = "2026-03-20",
            ["days"] = "4",
        };
        foreach (var (field, value) in otherwise)
        {
            values[field] = value;
        }

        return desk.Submits(
            by,
            [.. values.Where(v => v.Value is not null).Select(v => (v.Key, v.Value))]
        );
    }

    /// <summary>It is brought to where a state begins.</summary>
    public static async Task Reaches(this Desk desk, ServiceState state, long number = 1)
    {
        var id = $"SRV-{number}";
        foreach (
            var (reached, who, line) in new[]
            {
                (ServiceState.SignedOff, Csm, $"signed {id} verbally by their CTO"),
                (ServiceState.InProgress, "engineer", $"start {id}"),
                (ServiceState.Delivered, "engineer", $"deliver {id} The script"),
                (ServiceState.Accepted, Csm, $"accept {id} Their CTO"),
                (ServiceState.Completed, "engineer", $"complete {id} no"),
            }
        )
        {
            if (reached <= state)
            {
                await desk.Types(who, $"/escalate service {line}");
            }
        }

        (await desk.Service(number)).State.ShouldBe(state);
    }

    public static async Task<ServiceRequest> Service(this Desk desk, long number = 1) =>
        (
            await desk
                .Parts.GetRequiredService<ServiceRequestStore>()
                .Find(new ServiceRequestId(number), Cancel)
        )!.Value;

    /// <summary>What its timeline holds, in order.</summary>
    public static async Task<IReadOnlyList<ServiceFact>> ServiceFacts(
        this Desk desk,
        long number = 1
    ) =>
        [
            .. (
                await desk
                    .Parts.GetRequiredService<ServiceRequestStore>()
                    .History(new ServiceRequestId(number), 0, 1000, Cancel)
            ).Select(e => e.Fact),
        ];

    public static Post ServiceCard(this Desk desk, long number = 1) =>
        desk.Cards().Single(p => p.Message.Contains($"**SRV-{number}**", StringComparison.Ordinal));
}
