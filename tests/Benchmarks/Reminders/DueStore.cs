using System.Globalization;
using Benchmarks.Stores;
using Mattermost.Simulator;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Benchmarks.Reminders;

/// <summary>A store full of escalations that somebody works on and whose status update is due at the same moment.</summary>
internal static class DueStore
{
    private const int AtOnce = 500;

    public static async Task Seed(
        string directory,
        int count,
        DateTimeOffset due,
        MattermostSimulator mattermost,
        IReadOnlyList<string> engineers,
        string channel
    )
    {
        await using var engine = await SeededStore.Open(directory);
        var store = new Store(engine);
        await store.Commit(SeededChanges.SetUp(), CancellationToken.None);
        var home = new ChannelId(mattermost.GetChannel(channel).Id);
        UserId[] owners = [.. engineers.Select(e => new UserId(mattermost.GetUser(e).Id))];
        foreach (var some in Enumerable.Range(1, count).Chunk(AtOnce))
        {
            var change = new Change(due, "seed");
            foreach (var number in some)
            {
                var escalation = Waiting(number, owners[number % owners.Length], home, due);
                change.Add(EscalationIndexes.Kind, escalation.Id.ToString(), escalation);
                SeededBooks.Reminders.Set(change, escalation.Id, escalation);
            }

            await store.Commit(change, CancellationToken.None);
        }
    }

    private static Escalation Waiting(
        int number,
        UserId owner,
        ChannelId channel,
        DateTimeOffset due
    ) =>
        new()
        {
            Id = new EscalationId(number),
            Customer = new CustomerKey(SeedPlan.Customer(number)),
            CustomerName = SeedPlan.Customer(number),
            Severity = Severity.Sev1,
            Category = Category.DeploymentEscalation,
            Summary = string.Create(CultureInfo.InvariantCulture, $"Problem {number}"),
            Reporter = owner,
            RaisedAt = due.AddMinutes(-10),
            Channel = channel,
            State = EscalationState.Investigating,
            Owner = owner,
            AcceptedAt = due.AddMinutes(-10),
            LastActedAt = due.AddMinutes(-10),
            Update = UpdateDue.For(due),
        };
}
