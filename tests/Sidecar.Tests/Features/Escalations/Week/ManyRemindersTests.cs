using System.Globalization;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Changes;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Week;

/// <summary>Very many reminders fall due in the same second (ALL-5).</summary>
public sealed partial class ManyRemindersTests
{
    private const int Escalations = 2_000;
    private const int Engineers = 20;
    private const int AtOnce = 500;

    /// <summary>Less than the sidecar is told that it may send: the server refuses again and again.</summary>
    private const int Permitted = 100;

    [Fact]
    public async Task ALL_5_Two_thousand_prompts_in_one_second_arrive_once_each_however_often_the_server_refuses()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        for (var i = 0; i < Engineers; i++)
        {
            await desk.Hires(Name(i));
        }

        var due = desk.Clock.GetUtcNow().AddMinutes(5);
        await Seed(desk, due);
        desk.Mattermost.ForgetRequests();
        desk.Mattermost.Faults.RequestsPerSecond = Permitted;
        desk.Clock.AdvanceTo(due);
        await desk.Settled();
        for (var i = 0; i < Escalations && desk.Pump.Health.Queued > 0; i++)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(1));
            await desk.Settled();
        }

        desk.Mattermost.Requests.Count(r => r.Status == 429).ShouldBeGreaterThan(0);
        var asked = Enumerable
            .Range(0, Engineers)
            .SelectMany(i => desk.ToldTo(Name(i)))
            .Where(m => m.StartsWith(":memo:", StringComparison.Ordinal))
            .Select(m =>
                int.Parse(Number().Match(m).Groups["id"].Value, CultureInfo.InvariantCulture)
            )
            .ToList();
        asked.Order().ShouldBe(Enumerable.Range(1, Escalations));
        desk.Pump.Health.Parked.ShouldBe(0);
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static string Name(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"engineer{number}");

    private static async Task Seed(Desk desk, DateTimeOffset due)
    {
        var plan = desk.Parts.GetRequiredService<ReminderPlan>();
        var channel = new ChannelId(desk.Mattermost.GetChannel(Desk.Square).Id);
        foreach (var some in Enumerable.Range(1, Escalations).Chunk(AtOnce))
        {
            var change = new Change(desk.Clock.GetUtcNow(), "test");
            foreach (var number in some)
            {
                var escalation = Waiting(desk, number, channel, due);
                change.Add(EscalationIndexes.Kind, escalation.Id.ToString(), escalation);
                plan.Set(change, escalation.Id, escalation);
            }

            (await desk.Store.Commit(change, TestContext.Current.CancellationToken)).ShouldBeTrue();
        }
    }

    private static Escalation Waiting(
        Desk desk,
        int number,
        ChannelId channel,
        DateTimeOffset due
    ) =>
        Given.At(EscalationState.Investigating, Severity.Sev1) with
        {
            Id = new EscalationId(number),
            Customer = new CustomerKey("acme"),
            Channel = channel,
            Reporter = desk.IdOf("tam"),
            Owner = desk.IdOf(Name(number % Engineers)),
            LastActedAt = desk.Clock.GetUtcNow(),
            Update = UpdateDue.For(due),
        };

    [GeneratedRegex(@"\*\*ESC-(?<id>\d+)\*\*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
