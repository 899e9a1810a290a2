using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sidecar.Hosting.Plugin;
using Sidecar.Ids;
using Sidecar.Mattermost;
using Sidecar.Mattermost.Plugin;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Mattermost.Plugin;

/// <summary>
/// The other way in: what the simulator would send to the sidecar's port goes through the plugin RPC instead, as a
/// server does that runs the plugin itself. Where a port would refuse a token, nobody is asked.
/// </summary>
internal sealed class PluginDesk : IPluginHooks, IAsyncDisposable
{
    private readonly Desk _desk;
    private readonly PluginServer _server;
    private readonly WebApplication _front;
    private PluginCommandDoor? _commands;
    private WebApplication? _sidecar;
    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly HttpClient _http = new();
    private HostStandIn? _host;
    private LateAnswers? _late;

    private PluginDesk(Desk desk, PluginServer server)
    {
        (_desk, _server) = (desk, server);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(desk.Address.ToString());
        _front = builder.Build();
        _front.Run(Take);
    }

    /// <summary>Whether tests of the doors go this way: <c>ESCALATE_TESTS_DOOR=plugin</c>.</summary>
    public static bool IsWanted =>
        Environment.GetEnvironmentVariable("ESCALATE_TESTS_DOOR") == "plugin";

    /// <summary>Stands in front of a sidecar that has no port.</summary>
    public static async Task<PluginDesk> Open(
        Desk desk,
        WebApplication sidecar,
        CancellationToken cancel
    )
    {
        var server = (PluginServer)sidecar.Services.GetRequiredService<IServer>();
        var front = new PluginDesk(desk, server) { _sidecar = sidecar };
        (front._host, _) = await HostStandIn.Connect(front, desk.Mattermost, cancel);
        front._host.Whispers = front.Whisper;
        if (await front._host.Activate(cancel) is { Length: > 0 } refused)
        {
            throw new InvalidOperationException(refused);
        }

        await front._front.StartAsync(cancel);
        return front;
    }

    public Task Activate(PluginApi api, CancellationToken cancel)
    {
        _late = new LateAnswers(api, _desk.Bot.Id);
        _commands = new PluginCommandDoor(
            _sidecar!.Services.GetRequiredService<Conversation>(),
            api,
            new PluginTeams(api, _desk.Bot.Id),
            _desk.Clock
        );
        return Task.CompletedTask;
    }

    /// <summary>Answers whoever typed a command, through the server's own call for it.</summary>
    public Task Late(LateAnswer to, string text, CancellationToken cancel) =>
        _late!.Answer(to, text, cancel);

    public Task Deactivate(CancellationToken cancel) => Task.CompletedTask;

    public Task ConfigurationChanged(CancellationToken cancel) => Task.CompletedTask;

    public Task<CommandResponse> Execute(PluginCommand command, CancellationToken cancel) =>
        _commands!.Execute(command, cancel);

    public Task ClusterEvent(string id, string data, CancellationToken cancel) =>
        Task.CompletedTask;

    public Task Posted(PluginPost post, CancellationToken cancel) => Task.CompletedTask;

    public Task Serve(PluginRequest request, PluginResponse response, CancellationToken cancel) =>
        _server.Serve(request, response, cancel);

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        _http.Dispose();
        await _host!.DisposeAsync();
    }

    /// <summary>What only one person sees, as the simulator shows it to them.</summary>
    private async Task Whisper(string to, string channel, string text) =>
        (
            await _http.PostAsJsonAsync(
                _places[$"{to} {channel}"],
                new { response_type = "ephemeral", text }
            )
        ).EnsureSuccessStatusCode();

    private Task Take(HttpContext http) =>
        http.Request.Path == Inbound.CommandPath && http.Request.HasFormContentType
            ? Command(http)
            : Other(http);

    private async Task Command(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var header = http.Request.Headers.Authorization.ToString();
        if (
            form["token"] != _desk.CommandToken
            || (header.Length > 0 && header != $"Token {_desk.CommandToken}")
        )
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        _places[$"{form["user_id"]} {form["channel_id"]}"] = form["response_url"].ToString();
        var answer = await _host!.Execute(
            (
                form["user_id"].ToString(),
                form["channel_id"].ToString(),
                form["team_id"].ToString(),
                form["root_id"].ToString(),
                form["trigger_id"].ToString()
            ),
            $"{form["command"]} {form["text"]}",
            Pairs(form, "user_mentions"),
            Pairs(form, "channel_mentions"),
            http.RequestAborted
        );
        await http.Response.WriteAsJsonAsync(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["response_type"] = answer.TextOf("ResponseType"),
                ["text"] = answer["Text"] is null ? null : answer.TextOf("Text"),
                ["props"] = Json(answer["Props"]),
                ["skip_slack_parsing"] = answer.BoolOf("SkipSlackParsing"),
            },
            http.RequestAborted
        );
    }

    private async Task Other(HttpContext http)
    {
        if (http.Request.Path == Inbound.TriggerPath)
        {
            // There is no webhook where there is no port.
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in http.Request.Headers)
        {
            headers[name] = values.ToString();
        }

        if (headers.Remove("Authorization", out var token))
        {
            headers[PluginServer.TokenHeader] = token;
        }

        if (UserIn(body.ToArray()) is { } user)
        {
            headers["Mattermost-User-Id"] = user;
        }

        var (status, answered, written) = await _host!.Serve(
            http.Request.Method,
            http.Request.Path + http.Request.QueryString.ToString(),
            headers,
            body.ToArray(),
            http.RequestAborted
        );
        http.Response.StatusCode = status;
        foreach (var (name, value) in answered)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.Body.WriteAsync(written, http.RequestAborted);
    }

    /// <summary>A click or form is handed on in the session of whoever pressed.</summary>
    private static string? UserIn(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("user_id", out var user)
                && user.ValueKind == JsonValueKind.String
                ? user.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Pairs(IFormCollection form, string field)
    {
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        foreach (var (name, id) in form[field].Zip(form[$"{field}_ids"]))
        {
            pairs[name ?? ""] = id ?? "";
        }

        return pairs;
    }

    private static object? Json(GobValue? value) =>
        value switch
        {
            GobValue.InterfaceValue boxed => Json(boxed.Value),
            GobValue.MapValue map => map.Pairs.ToDictionary(
                p => ((GobValue.TextValue)p.Key).Value,
                p => Json(p.Value),
                StringComparer.Ordinal
            ),
            GobValue.ListValue list => list.Items.Select(Json).ToArray(),
            GobValue.TextValue text => text.Value,
            GobValue.BoolValue flag => flag.Value,
            // Go writes 3.0 as 3.
            GobValue.FloatValue number when Math.Abs(number.Value % 1) == 0 => (long)number.Value,
            GobValue.FloatValue number => number.Value,
            _ => null,
        };
}
