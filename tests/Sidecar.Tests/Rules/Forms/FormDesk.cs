using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Interactions;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>What tests of forms do again and again.</summary>
internal static class FormDesk
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Customer> CustomerOf(this Desk desk, string key) =>
        (await desk.Store.Find(Customer.Kind, key, Cancel)).ShouldNotBeNull(key).Value;

    /// <summary>
    /// How a field of the form on somebody's screen is emptied for good: by the tick behind it, or by the word or choice for
    /// nothing.
    /// </summary>
    public static (string Field, object? Value) Emptying(this Desk desk, string who, string field)
    {
        var form = desk.Mattermost.OpenDialogOf(who).ShouldNotBeNull();
        var tick = FormShape.NobodyOf(field);
        return form.Elements.Any(e => e.Name == tick) ? (tick, true) : (field, NoneWord.Text);
    }

    /// <summary>How many facts there are, about anything.</summary>
    public static async Task<int> FactsWritten(this Desk desk) =>
        (await desk.Store.Engine.ReadAudit(0, 100_000, Cancel)).Count;

    /// <summary>Everything is known of a customer.</summary>
    public static async Task FillsIn(this Desk desk, string key)
    {
        var read = (await desk.Store.Find(Customer.Kind, key, Cancel))!;
        var full = read.Value with
        {
            Phase = CustomerPhase.PostSales,
            IsStrategic = true,
            Arr = 120_000,
            ContractOn = new DateOnly(2025, 4, 1),
            ProductionCompletedOn = new DateOnly(2025, 6, 1),
            DeploymentMethod = "Kubernetes",
            HostingProvider = "AWS",
            Deployment = DeploymentStandard.NonStandard,
            TimeZone = "Europe/Berlin",
            CustomerEngineer = desk.IdOf("ce"),
            TechnicalAccountManager = desk.IdOf("tam"),
            CustomerSuccessManager = desk.IdOf("cslead"),
            AccountExecutive = desk.IdOf("saleslead"),
            CrmLink = "https://crm.test/acme",
            SuccessLink = "https://success.test/acme",
            TicketsLink = "https://tickets.test/acme",
            DesignDocuments = ["https://docs.test/1", "https://docs.test/2"],
        };
        (
            await desk.Store.Commit(
                new Change(desk.Clock.GetUtcNow(), "test").Replace(Customer.Kind, read, full),
                Cancel
            )
        ).ShouldBeTrue();
    }
}
