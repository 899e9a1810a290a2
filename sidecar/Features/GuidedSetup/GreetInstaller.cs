using Microsoft.Extensions.Hosting;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;

namespace Sidecar.Features.GuidedSetup;

/// <summary>
/// When the sidecar starts for the first time, it is due to tell the administrator who ran set-up what works already and
/// what is left (SET-1). Once, whatever is started again or set up again.
/// </summary>
internal sealed class ExpectInstaller(Installer installer, Store store, TimeProvider clock)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (
            installer.Person is not { } person
            || await store.Find(InstallerGreeted.Kind, person.Value, cancellationToken) is not null
        )
        {
            return;
        }

        var now = clock.GetUtcNow();
        // Another sidecar on the same database may have been first.
        await store.Commit(
            new Change(now, GreetInstaller.Kind)
                .Add(InstallerGreeted.Kind, person.Value, new InstallerGreeted(person, now))
                .Due(GreetInstaller.Kind, person.Value, now),
            cancellationToken
        );
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Tells the administrator who ran set-up, by the list of steps (SET-1).</summary>
internal sealed class GreetInstaller(GuidedList list, Store store) : IDueTask
{
    public static string Kind => "guided-setup.greet";

    public async Task Run(DueCall call, CancellationToken cancel)
    {
        // Told first: run again, the list knows by the act's name that it was shown.
        await list.Show(
            new UserId(call.Id),
            $"installed/{call.Id}",
            GuidedCard.AfterInstall,
            cancel
        );
        await store.Commit(new Change(call.Now, Kind).Due(Kind, call.Id, null), cancel);
    }
}

/// <summary>Who installed the product is told what is left, or was.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">Since when that is due, UTC.</param>
internal sealed record InstallerGreeted(UserId Person, DateTimeOffset At)
{
    public static DocumentKind<InstallerGreeted> Kind { get; } =
        new("installer-greeted", GuidedJson.Default.InstallerGreeted);
}
