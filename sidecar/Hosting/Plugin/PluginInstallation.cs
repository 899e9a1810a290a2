using System.Text;
using Sidecar.Features.ConsoleSettings;
using Sidecar.Features.Panel;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Settings;
using Sidecar.Setup;
using Sidecar.Storage;

namespace Sidecar.Hosting.Plugin;

/// <summary>The product as Mattermost runs it: from activation to the end.</summary>
internal sealed class PluginInstallation(TimeProvider clock, PluginLogs logs)
    : IPluginHooks,
        IAsyncDisposable
{
    /// <summary>With <see cref="PluginRun.StopsWithin"/> less than the ten seconds that there are when the server stops.</summary>
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(3);

    /// <summary>Longer nobody waits for new settings, nor does Mattermost.</summary>
    private static readonly TimeSpan TurnsWithin = TimeSpan.FromSeconds(15);

    private const string LastGoodKey = "settings_in_use";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly WorkInHand _work = new();
    private PluginApi? _api;
    private PluginSettings? _used;
    private PluginSettings? _refused;
    private volatile Task _turned = Task.CompletedTask;
    private PluginRun? _run;
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
            if (_run is not null && (wanted == _used || wanted == _refused))
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
            catch (Exception problem) when (Explain(problem) is { } why && _run is not null)
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
        if (id == PluginRun.ChangedEvent)
        {
            _run?.Services.GetService<PanelNews>()?.ChangedElsewhere(data);
        }

        return Task.CompletedTask;
    }

    public async Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel)
    {
        await Turned(cancel);
        return await _work.Do(() =>
            _run is { } run
                ? run.Commands.Execute(command, cancel)
                : throw new PluginRefusal("Escalate is stopping. Try again in a moment.")
        );
    }

    public async Task Posted(PluginPost post, CancellationToken cancel)
    {
        await Turned(cancel);
        await _work.Do(async () =>
        {
            await (_run?.Words.Heard(post, cancel) ?? Task.CompletedTask);
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
            if (_run is { } run)
            {
                await run.Server.Serve(request, response, cancel);
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
        if (_run?.Services.GetService<SettingsVerdict>() is not { } verdict)
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
        _run = await PluginRun.Start(api, wanted, clock, logs, cancel);
        _used = wanted;
        await Keep(api, wanted, cancel);
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

    public async ValueTask DisposeAsync()
    {
        await Deactivate(CancellationToken.None);
        _turn.Dispose();
    }

    private async Task Stop()
    {
        if (_run is not { } run)
        {
            return;
        }

        _run = null;
        // Nothing new comes in; what was asked before gets its answer.
        await Task.WhenAny(_work.Idle(), Task.Delay(AnsweredWithin, clock));
        await run.DisposeAsync();
    }
}
