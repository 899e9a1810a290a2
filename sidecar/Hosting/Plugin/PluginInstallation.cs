using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Sidecar.Features.ConsoleSettings;
using Sidecar.Features.Panel;
using Sidecar.Interactions;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Storage;
using Sidecar.Storage.Files;

namespace Sidecar.Hosting.Plugin;

/// <summary>The product as Mattermost runs it: from activation to the end.</summary>
internal sealed class PluginInstallation(TimeProvider clock, PluginLogs logs)
    : IPluginHooks,
        IAsyncDisposable
{
    private static readonly TimeSpan StoreIsFreeWithin = TimeSpan.FromSeconds(20);

    /// <summary>Whoever still has the store then was forgotten: one that is told to end has gone, or was killed.</summary>
    private static readonly TimeSpan OthersEndWithin = TimeSpan.FromSeconds(10);

    /// <summary>Both together are less than the ten seconds that there are when the server stops.</summary>
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(6);

    /// <summary>Longer nobody waits for new settings, nor does Mattermost.</summary>
    private static readonly TimeSpan TurnsWithin = TimeSpan.FromSeconds(15);

    /// <summary>In browsers it is <c>custom_escalate_changed</c>.</summary>
    private const string ChangedEvent = "changed";
    private const string LastGoodKey = "settings_in_use";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly WorkInHand _work = new();
    private PluginApi? _api;
    private PluginSettings? _used;
    private PluginSettings? _refused;
    private volatile Task _turned = Task.CompletedTask;
    private WebApplication? _app;
    private PluginServer? _server;
    private PluginCommandDoor? _commands;
    private PluginWordDoor? _words;
    private CancellationTokenSource? _life;

    public async Task Activate(PluginApi api, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _api = api;
            _life = new CancellationTokenSource();
            _ = logs.Run(api, _life.Token);
            await Start(api, cancel);
        }
        catch (Exception problem) when (Explain(problem) is { } why)
        {
            throw new PluginRefusal(why, problem);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task Deactivate(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await Stop();
            if (_life is { } life)
            {
                _life = null;
                await life.CancelAsync();
                life.Dispose();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Called for every change of the server's settings. What is ours is used at once, by starting anew within this
    /// process, while whoever asks waits; settings that can't be used are told, and those from before go on undisturbed.
    /// </summary>
    public async Task ConfigurationChanged(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_api is not { } api || _life is null)
            {
                return;
            }

            // What did not start with what was set before may start with what is set now.
            var wanted = PluginSettings.Read(await api.LoadPluginConfiguration(cancel));
            if (_app is not null && (wanted == _used || wanted == _refused))
            {
                if (wanted == _used && _refused is not null)
                {
                    _refused = null;
                    await Verdict([], cancel);
                }

                return;
            }

            var places = PluginPlaces.Of(await api.GetConfig(cancel));
            var composed = wanted.Compose(places.Data);
            if (composed.Problems.Count > 0)
            {
                _refused = wanted;
                await Verdict(composed.Problems, cancel);
                throw Refused(composed.Problems);
            }

            _refused = null;
            var turned = new TaskCompletionSource();
            _turned = turned.Task;
            try
            {
                await Restart(api, wanted, cancel);
                await Verdict([], cancel);
            }
            catch (Exception problem) when (Explain(problem) is { } why && _app is not null)
            {
                // What is wrong shows only when it is tried: such as a place for the data that is none here.
                _refused = wanted;
                await Verdict([why], cancel);
                throw;
            }
            finally
            {
                turned.SetResult();
            }
        }
        catch (Exception problem) when (Explain(problem) is { } why)
        {
            logs.Write("LogError", why);
            throw new PluginRefusal(why, problem);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task ClusterEvent(string id, string data, CancellationToken cancel)
    {
        if (id == ChangedEvent)
        {
            _app?.Services.GetService<PanelNews>()?.ChangedElsewhere(data);
        }

        return Task.CompletedTask;
    }

    public async Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel)
    {
        await Turned(cancel);
        return await _work.Do(() =>
            _commands is { } commands
                ? commands.Execute(command, cancel)
                : throw new PluginRefusal("Escalate is stopping. Try again in a moment.")
        );
    }

    public async Task Posted(PluginPost post, CancellationToken cancel)
    {
        await Turned(cancel);
        await _work.Do(async () =>
        {
            await (_words?.Heard(post, cancel) ?? Task.CompletedTask);
            return true;
        });
    }

    public async Task Serve(
        PluginRequest request,
        PluginResponse response,
        CancellationToken cancel
    )
    {
        await Turned(cancel);
        await _work.Do(async () =>
        {
            if (_server is { } server)
            {
                await server.Serve(request, response, cancel);
                return true;
            }

            response.Status = StatusCodes.Status503ServiceUnavailable;
            return false;
        });
    }

    /// <summary>While new settings are taken, what people do waits: a message that is told now is never told again.</summary>
    private async Task Turned(CancellationToken cancel)
    {
        try
        {
            await _turned.WaitAsync(TurnsWithin, clock, cancel);
        }
        catch (TimeoutException)
        {
            // It is answered as by a plugin that stops.
        }
    }

    /// <summary>Whether the settings can be used, for administrators: whoever saves them sees nothing of it.</summary>
    private async Task Verdict(IReadOnlyList<string> problems, CancellationToken cancel)
    {
        if (_app?.Services.GetService<SettingsVerdict>() is not { } verdict)
        {
            return;
        }

        try
        {
            await (
                problems.Count > 0 ? verdict.Refused(problems, cancel) : verdict.Accepted(cancel)
            );
        }
        catch (Exception problem)
            when (problem is StoreUnwritableException or StoreUncertainException)
        {
            logs.Write("LogWarn", $"Administrators could not be told: {problem.Message}");
        }
    }

    private static PluginRefusal Refused(IReadOnlyList<string> problems) =>
        new(
            $"Escalate's settings can't be used, and those from before go on.{string.Concat(problems.Select(p => $" {p}"))} Fix that in System Console > Plugins > Escalate and save."
        );

    /// <summary>What an administrator reads; null for what is a fault.</summary>
    private static string? Explain(Exception problem) =>
        problem switch
        {
            PluginRefusal => problem.Message,
            StoreUnusableException =>
                $"Escalate did not start: its store can't be used. {problem.Message}",
            SetupException setup => $"Escalate did not start. {setup.Problem} {setup.Remedy}",
            PluginApiException =>
                $"Escalate did not start: Mattermost refused what it needs. {problem.Message}",
            _ => null,
        };

    private async Task Restart(PluginApi api, PluginSettings wanted, CancellationToken cancel)
    {
        var before = _used;
        await Stop();
        try
        {
            await Start(api, wanted, cancel);
        }
        catch when (before is not null)
        {
            await Start(api, before, cancel);
            throw;
        }
    }

    /// <summary>With what is set; when that can't be used, with the last that could.</summary>
    private async Task Start(PluginApi api, CancellationToken cancel)
    {
        var wanted = PluginSettings.Read(await api.LoadPluginConfiguration(cancel));
        var folder = PluginPlaces.Of(await api.GetConfig(cancel)).Data;
        var problems = wanted.Compose(folder).Problems;
        if (problems.Count == 0)
        {
            _refused = null;
            await Start(api, wanted, cancel);
            await Verdict([], cancel);
            return;
        }

        if (
            await api.KVGet(LastGoodKey, cancel) is not { } kept
            || PluginSettings.Read(kept) is not { } good
            || good.Compose(folder).Problems.Count > 0
        )
        {
            throw new PluginRefusal(
                $"Escalate did not start: its settings can't be used.{string.Concat(problems.Select(p => $" {p}"))} Fix that in System Console > Plugins > Escalate, save, and enable the plugin again."
            );
        }

        await Start(api, good, cancel);
        _refused = wanted;
        logs.Write("LogError", Refused(problems).Message);
        await Verdict(problems, cancel);
    }

    private async Task Start(PluginApi api, PluginSettings wanted, CancellationToken cancel)
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
        var app = await Build(settings, server, begun, cancel);
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
            var conversation = app.Services.GetRequiredService<Conversation>();
            _commands = new PluginCommandDoor(conversation, api, teams, clock);
            _words = new PluginWordDoor(
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
            );
        }
        catch
        {
            // In good order: what began is not to be taken for what died.
            using var limit = new CancellationTokenSource(StopsWithin, clock);
            await app.StopAsync(limit.Token);
            await app.DisposeAsync();
            throw;
        }

        (_app, _server, _used) = (app, server, wanted);
        await Keep(api, wanted, cancel);
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
    }

    /// <summary>What could be used, for a start with something that can't be.</summary>
    private static async Task Keep(PluginApi api, PluginSettings used, CancellationToken cancel)
    {
        var given = Encoding.UTF8.GetBytes(used.Given);
        if (
            await api.KVGet(LastGoodKey, cancel) is not { } kept
            || !kept.AsSpan().SequenceEqual(given)
        )
        {
            await api.KVSet(LastGoodKey, given, cancel);
        }
    }

    /// <summary>
    /// The application. Mattermost tries an activation once only, and when it was killed and started again the process
    /// from before may still be closing the store: that is waited for.
    /// </summary>
    private async Task<WebApplication> Build(
        SidecarSettings settings,
        PluginServer server,
        long begun,
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

    public async ValueTask DisposeAsync()
    {
        await Deactivate(CancellationToken.None);
        _turn.Dispose();
    }

    private async Task Stop()
    {
        (_commands, _words, _server) = (null, null, null);
        if (_app is { } app)
        {
            _app = null;
            // Nothing new comes in; what was asked before gets its answer.
            await Task.WhenAny(_work.Idle(), Task.Delay(AnsweredWithin, clock));
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
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
