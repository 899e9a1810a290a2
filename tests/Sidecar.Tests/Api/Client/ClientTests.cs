using Shouldly;
using Sidecar.Features.Customers;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Lists;
using Sidecar.Tests.Features.Tokens;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Api.Client;

/// <summary>A typed client that is made of the description can be used (API-1).</summary>
public sealed class ClientTests
{
    private static string File =>
        Path.Combine(Repository.Root, "tests/Sidecar.Tests/Api/Client/EscalateClient.Calls.cs");

    [Fact]
    public async Task API_1_The_client_is_what_the_description_makes()
    {
        await using var desk = await Desk.Open();
        using var api = new ApiDesk(desk, null);
        var written = new ClientWriter(await Description.Of(api)).Write();
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            await System.IO.File.WriteAllTextAsync(
                File,
                written,
                TestContext.Current.CancellationToken
            );
        }

        // Line breaks are the formatter's.
        Bare(await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken))
            .ShouldBe(Bare(written));

        static string Bare(string text) =>
            string.Concat(text.Where(c => !char.IsWhiteSpace(c)))
                .Replace(",)", ")")
                .Replace(",]", "]");
    }

    [Fact]
    public async Task API_1_A_program_that_knows_the_description_alone_raises_reads_and_changes()
    {
        await using var desk = await Desk.Open(settings: ApiDesk.Unlimited);
        using var client = new EscalateClient(desk.Address, await desk.MakesToken("engineer"));
        (await client.GetMe()).Value!.Owner.Username.ShouldBe("engineer");
        var raised = await client.RaiseEscalation(
            new RaiseEscalationRequest
            {
                Customer = "acme",
                Severity = "sev2",
                Summary = "Down",
                Channel = desk.Mattermost.GetChannel(Desk.Square).Id,
            },
            "one"
        );
        raised.Problem.ShouldBeNull();
        raised.Value!.State.ShouldBe("accepted");
        var moved = await client.MoveEscalation(
            "ESC-1",
            new MoveEscalationRequest { Move = "acknowledge" },
            "two",
            raised.Tag
        );
        moved.Value!.Owner!.Username.ShouldBe("engineer");
        (await client.ListEscalations(limit: 1)).Value!.Items[0].Id.ShouldBe("ESC-1");
        var late = await client.ChangeEscalation(
            "ESC-1",
            new ChangeEscalationRequest { Summary = "Up" },
            raised.Tag!
        );
        late.Problem!.Status.ShouldBe(412);
        (await client.ListCustomers()).Value!.Items[0].ArrUsd.ShouldBe(120_000);
        var report = await client.GetReport(from: new DateOnly(2026, 3, 1), by: "customer");
        report.Value!.To.ShouldBe(new DateOnly(2026, 3, 2));
        report
            .Value.Figures.Single(f => f.Name == "escalations-by-customer")
            .Columns[0]
            .Values.ShouldBe([1]);
        var wanted = await client.RequestImplementation(
            new RequestImplementationRequest
            {
                Customer = "acme",
                Type = "production-deployment",
                Channel = desk.Mattermost.GetChannel(Desk.Square).Id,
            },
            "four"
        );
        wanted.Value!.Steps.ShouldBe(["edit", "people", "documents", "withdraw"]);
        await desk.Settled();
        (
            await client.WithdrawImplementation(
                "IMP-1",
                new WithdrawImplementationRequest { Why = "They take the cloud" },
                "five",
                wanted.Tag
            )
        ).Value!.State.ShouldBe("withdrawn");
        (await client.ListImplementationTimeline("IMP-1")).Value!.Items.Count.ShouldBe(2);
        (
            await client.AddCustomer(new AddCustomerRequest { Name = "New" }, "three")
        ).Problem!.Status.ShouldBe(403);
    }
}
