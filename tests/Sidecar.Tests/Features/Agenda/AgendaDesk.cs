using Mattermost.Simulator;
using Sidecar.Features.Customers.Domain;
using Sidecar.Storage;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Features.Implementations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Agenda;

/// <summary>A team with a channel for its weekly meeting, and something of everything to talk about.</summary>
internal static class AgendaDesk
{
    public const string Room = "weekly";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Desk> Open(string? settings = null, DateTimeOffset? at = null)
    {
        var desk = await Staff.Open(settings, at);
        desk.Mattermost.AddChannel(
            Room,
            members: ["lead", "tam", "engineer", "cslead", "ce", "escalate"]
        );
        return desk;
    }

    /// <summary>Nobody looks every two minutes of weeks who reads the channel.</summary>
    public static async Task<CommandOutcome> Plans(
        this Desk desk,
        string words,
        string who = "lead"
    )
    {
        var outcome = await desk.Types(who, $"/escalate agenda set {words}", Room);
        await desk.DoesNotLook();
        return outcome;
    }

    public static async Task DoesNotLook(this Desk desk) =>
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test").Due(
                "internal.readers",
                desk.Mattermost.Channels.Single(c => c.Name == Room).Id,
                null
            ),
            Cancel
        );

    /// <summary>Acme is far behind: day 300 of its production wants 75 %.</summary>
    public static Task IsBehind(this Desk desk, long mau = 41) =>
        desk.IsKnown(
            "acme",
            c =>
                c with
                {
                    ProductionCompletedOn = DateOnly
                        .FromDateTime(desk.Clock.GetUtcNow().UtcDateTime)
                        .AddDays(-300),
                    CustomerEngineer = desk.IdOf("ce"),
                    TechnicalAccountManager = desk.IdOf("tam"),
                    Figures = Figures.None.After(
                        new Measurement(c.Key, new DateOnly(2026, 2, 27))
                        {
                            SeatsPurchased = 100,
                            Mau = mau,
                        }
                    ),
                }
        );

    /// <summary>The agenda as people read it.</summary>
    public static string Agenda(this Desk desk) => Desk.AsRead(desk.Card(Room).Message);
}
