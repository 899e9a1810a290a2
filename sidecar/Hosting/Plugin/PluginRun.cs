using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Setup;
using Sidecar.Storage;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting.Plugin;

/// <summary>The product within the plugin's process, from one start with some settings to its stop.</summary>
internal sealed class PluginRun(
    WebApplication app,
    PluginServer server,
    PluginCommandDoor commands,
    PluginWordDoor words,
    TimeProvider clock,
    PluginLogs logs
) : IAsyncDisposable
{
    /// <summary>In browsers it is <c>custom_escalate_changed</c>.</summary>
    public const string ChangedEvent = "changed";

    /// <summary>How long it may take to stop.</summary>
    public static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan StoreIsFreeWithin = TimeSpan.FromSeconds(20);

    /// <summary>Whoever still has the store then was forgotten: one that is told to end has gone, or was killed.</summary>
    private static readonly TimeSpan OthersEndWithin = TimeSpan.FromSeconds(10);

    public PluginServer Server => server;

    public PluginCommandDoor Commands => commands;

    public PluginWordDoor Words => words;

    public IServiceProvider Services => app.Services;

    /// <summary>Starts with settings that can be used.</summary>
    /// <exception cref="PluginRefusal">What is missing can be told to an administrator.</exception>
    public static async Task<PluginRun> Start(
        PluginApi api,
        PluginSettings wanted,
        TimeProvider clock,
        PluginLogs logs,
        CancellationToken cancel
    )
    {
        var begun = clock.GetTimestamp();
        await VerifyRunsOnce(api, cancel);
        var places = PluginPlaces.Of(await api.GetConfig(cancel));
        StoreFiles.CreateDirectory(places.Data);
        if (!OperatingSystem.IsWindows())
        {
            // One that was there before may be open to others.
            File.SetUnixFileMode(places.Data, StoreFiles.OwnerOnly | UnixFileMode.UserExecute);
        }

        var composed = wanted.Compose(places.Data);
        var bot = new PluginBot(api);
        var account = await bot.Ensure(cancel);
        var token = await bot.Token(account, places.Server, cancel);
        var settings = new SidecarSettings(
            places.Data,
            places.Server,
            new Uri($"/plugins/{Declaration.Current.Id}", UriKind.Relative),
            account,
            token,
            // Nobody has these: commands and words come another way here.
            [RandomNumberGenerator.GetHexString(64)],
            [RandomNumberGenerator.GetHexString(64)]
        )
        {
            Installation = $"plugin:{Declaration.Current.Id}",
            Store = await PluginStore.Choose(wanted.Store, places, api, cancel),
            SettingsFile = PluginSettings.Write(composed, places.Data),
            AnswersLater = new LateAnswers(api, account.Value).Answer,
            RunBy = PluginParent.Current(),
            Push = new PanelPush(
                (person, stop) => api.PublishWebSocketEvent(ChangedEvent, person.Value, stop),
                places.IsCluster
                    ? (kinds, stop) => api.PublishPluginClusterEvent(ChangedEvent, kinds, stop)
                    : null
            ),
        };
        var server = new PluginServer();
        var app = await Build(settings, server, begun, clock, logs, cancel);
        try
        {
            // Before anything asks in which teams the bot is.
            var teams = new PluginTeams(api, account.Value);
            await teams.JoinAll(cancel);
            await app.StartAsync(cancel);
            await api.RegisterCommand(
                SlashCommand(app.Services.GetRequiredService<CommandParser>()),
                cancel
            );
            if (composed.Unknown.Count > 0)
            {
                logs.Write(
                    "LogInfo",
                    $"Settings that this release does not know are left alone: {string.Join(", ", composed.Unknown)}."
                );
            }

            logs.Write(
                "LogInfo",
                $"Escalate {ProductVersion.Current} is ready after {clock.GetElapsedTime(begun).TotalMilliseconds:0} ms; its data is in {places.Data}, the server at {places.Server}."
            );
            var conversation = app.Services.GetRequiredService<Conversation>();
            return new PluginRun(
                app,
                server,
                new PluginCommandDoor(conversation, api, teams, clock),
                new PluginWordDoor(
                    conversation,
                    api,
                    account.Value,
                    [
                        .. Declaration
                            .Current.Props.OutgoingWebhooks.SelectMany(w => w.TriggerWords)
                            .Select(SpokenWord.Bare)
                            .Distinct(),
                    ],
                    clock
                ),
                clock,
                logs
            );
        }
        catch
        {
            // In good order: what began is not to be taken for what died.
            await End(app, clock, logs);
            throw;
        }
    }

    public ValueTask DisposeAsync() => new(End(app, clock, logs));

    private static async Task End(WebApplication app, TimeProvider clock, PluginLogs logs)
    {
        using var late = new CancellationTokenSource(StopsWithin, clock);
        try
        {
            await app.StopAsync(late.Token);
        }
        catch (Exception problem)
        {
            logs.Write("LogWarn", $"Not everything came to its end in time: {problem.Message}");
        }
        finally
        {
            // Otherwise the store would stay locked by this process, and nothing could start again in it.
            await app.DisposeAsync();
        }
    }

    /// <summary>
    /// The application. Mattermost tries an activation once only, and when it was killed and started again the process
    /// from before may still be closing the store: that is waited for.
    /// </summary>
    private static async Task<WebApplication> Build(
        SidecarSettings settings,
        PluginServer server,
        long begun,
        TimeProvider clock,
        PluginLogs logs,
        CancellationToken cancel
    )
    {
        while (true)
        {
            try
            {
                return await SidecarHost.Build(
                    settings,
                    clock,
                    builder =>
                    {
                        builder.Logging.ClearProviders();
                        builder.Logging.AddProvider(logs);
                        builder.Services.AddSingleton<IServer>(server);
                        // Mattermost ends us; a signal of its terminal is not for us.
                        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
                    },
                    cancel
                );
            }
            catch (StoreUnusableException busy)
                when (busy.InnerException is IOException
                    && clock.GetElapsedTime(begun) < StoreIsFreeWithin
                )
            {
                if (clock.GetElapsedTime(begun) > OthersEndWithin && PluginParent.EndOthers() > 0)
                {
                    logs.Write(
                        "LogWarn",
                        "Mattermost had lost sight of another process of Escalate, which kept the store: it was ended."
                    );
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, cancel);
            }
        }
    }

    /// <summary>Two that serve one bot would do everything twice.</summary>
    /// <exception cref="PluginRefusal">A sidecar beside Mattermost is set up.</exception>
    private static async Task VerifyRunsOnce(PluginApi api, CancellationToken cancel)
    {
        var trigger = Declaration.Current.Props.Commands[0].Trigger;
        foreach (var team in await api.GetTeams(cancel))
        {
            if (await api.CustomCommands(team, trigger, cancel) is [var address, ..])
            {
                throw new PluginRefusal(
                    $"A sidecar beside Mattermost serves /{trigger} already, at {address}; both would do everything twice. To move: stop it, take its commands away with install --uninstall, copy its data directory to the folder {PluginPlaces.Folder} below Mattermost's data folder, for Mattermost's account, then enable the plugin again. To stay: upload the archive without a server part."
                );
            }
        }
    }

    private static GobValue SlashCommand(CommandParser commands)
    {
        var declared = Declaration.Current.Props.Commands[0];
        return GobValue.Of(
            ("Trigger", GobValue.Of(declared.Trigger)),
            ("DisplayName", GobValue.Of(declared.DisplayName)),
            ("Description", GobValue.Of(declared.Description)),
            ("AutoComplete", GobValue.Of(true)),
            ("AutoCompleteDesc", GobValue.Of(declared.AutoCompleteDesc)),
            ("AutoCompleteHint", GobValue.Of(declared.AutoCompleteHint)),
            (
                "AutocompleteData",
                CommandCompletion.Of(
                    declared.Trigger,
                    declared.AutoCompleteDesc,
                    commands.ForPeople
                )
            )
        );
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
