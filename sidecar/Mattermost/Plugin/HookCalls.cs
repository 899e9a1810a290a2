using System.Collections.Immutable;
using Sidecar.Mattermost.Plugin.Gob;
using Sidecar.Mattermost.Plugin.Rpc;

namespace Sidecar.Mattermost.Plugin;

/// <summary>Turns Mattermost's calls into what <see cref="IPluginHooks"/> takes.</summary>
internal sealed class HookCalls(IPluginHooks hooks, MuxBroker broker) : IDisposable
{
    /// <summary>Lines of headers in a request; what browsers and programs send has some dozens.</summary>
    private const int MostHeaders = 1000;
    private const int TooManyHeaders = 431;

    /// <summary>Requests at once, slow ones among them: commands and the end of it keep room beside them.</summary>
    private const int RequestsAtOnce = 192;

    private readonly SemaphoreSlim _requests = new(RequestsAtOnce);

    public void Dispose() => _requests.Dispose();

    /// <summary>Only what is named here is ever called.</summary>
    private static readonly ImmutableArray<string> Implemented =
    [
        "OnActivate",
        "OnDeactivate",
        "OnConfigurationChange",
        "ExecuteCommand",
        "MessageHasBeenPosted",
        "OnPluginClusterEvent",
        "ServeHTTP",
    ];

    /// <summary>Does what a method says.</summary>
    /// <exception cref="RpcException">There is none of that name.</exception>
    public Task<RpcValue> Answer(string method, GobValue argument, CancellationToken cancel) =>
        method switch
        {
            "Plugin.Implemented" => Task.FromResult(
                new RpcValue(
                    PluginTypes.Names,
                    new GobValue.ListValue([.. Implemented.Select(GobValue.Of)])
                )
            ),
            "Plugin.OnActivate" => Activate(argument, cancel),
            "Plugin.OnDeactivate" => Explained(() => hooks.Deactivate(cancel)),
            "Plugin.OnConfigurationChange" => Explained(() => hooks.ConfigurationChanged(cancel)),
            "Plugin.ExecuteCommand" => Execute(argument["B"] ?? GobValue.Empty, cancel),
            "Plugin.MessageHasBeenPosted" => Posted(argument["B"] ?? GobValue.Empty, cancel),
            "Plugin.OnPluginClusterEvent" => ClusterEvent(argument["B"] ?? GobValue.Empty, cancel),
            "Plugin.ServeHTTP" => Serve(argument, cancel),
            _ => throw RpcException.NoMethod(method),
        };

    private async Task<RpcValue> Activate(GobValue argument, CancellationToken cancel)
    {
        var calls = await broker.Dial((uint)argument.UIntOf("APIMuxId"), cancel);
        var database = await broker.Dial((uint)argument.UIntOf("DriverMuxId"), cancel);
        var api = new PluginApi(new RpcClient(calls), new RpcClient(database));
        return await Explained(() => hooks.Activate(api, cancel));
    }

    /// <summary>Failures go into the answer: what only breaks off is taken for success.</summary>
    private static async Task<RpcValue> Explained(Func<Task> work)
    {
        string? failure = null;
        try
        {
            await work();
        }
        catch (PluginRefusal refusal)
        {
            failure = refusal.Message;
        }
        catch (Exception problem)
        {
            failure = $"{problem.GetType().Name}: {problem.Message}";
        }

        var error = failure is null
            ? null
            : new GobValue.InterfaceValue(
                PluginTypes.ErrorName,
                GobValue.Of(("Err", GobValue.Of(failure)))
            )
            {
                Type = PluginTypes.Error,
            };
        return new RpcValue(PluginTypes.ErrorReturns, GobValue.Of(("A", error)));
    }

    private async Task<RpcValue> ClusterEvent(GobValue told, CancellationToken cancel)
    {
        await hooks.ClusterEvent(
            told.TextOf("Id"),
            System.Text.Encoding.UTF8.GetString(told.BytesOf("Data")),
            cancel
        );
        return RpcValue.Nothing;
    }

    private async Task<RpcValue> Execute(GobValue command, CancellationToken cancel)
    {
        var answer = await hooks.Execute(
            new PluginCommand(
                command.TextOf("UserId"),
                command.TextOf("ChannelId"),
                command.TextOf("TeamId"),
                command.TextOf("RootId"),
                command.TextOf("TriggerId"),
                command.TextOf("Command"),
                Texts(command["UserMentions"]),
                Texts(command["ChannelMentions"])
            ),
            cancel
        );
        var response = GobValue.Of(
            ("ResponseType", GobValue.Of(answer.ResponseType)),
            ("Text", GobValue.Of(answer.Text ?? "")),
            ("Props", answer.Props is { } props ? PluginJson.Map(props) : null),
            ("SkipSlackParsing", GobValue.Of(answer.SkipSlackParsing))
        );
        return new RpcValue(PluginTypes.CommandReturns, GobValue.Of(("A", response)));
    }

    private async Task<RpcValue> Posted(GobValue post, CancellationToken cancel)
    {
        await hooks.Posted(
            new PluginPost(
                post.TextOf("Id"),
                post.TextOf("UserId"),
                post.TextOf("ChannelId"),
                post.TextOf("Type"),
                post.TextOf("Message")
            ),
            cancel
        );
        return RpcValue.Nothing;
    }

    private async Task<RpcValue> Serve(GobValue argument, CancellationToken cancel)
    {
        if (!_requests.Wait(0, CancellationToken.None))
        {
            throw new RpcException("Too many requests at once.");
        }

        try
        {
            return await Served(argument, cancel);
        }
        finally
        {
            _requests.Release();
        }
    }

    private async Task<RpcValue> Served(GobValue argument, CancellationToken cancel)
    {
        // Both are called back, needed or not: otherwise the other side waits for it.
        await using var writer = new RpcClient(
            await broker.Dial((uint)argument.UIntOf("ResponseWriterStream"), cancel)
        );
        var bodyId = (uint)argument.UIntOf("RequestBodyStream");
        await using Stream body =
            bodyId == 0 ? new MemoryStream() : new PluginBody(await broker.Dial(bodyId, cancel));
        var request = argument["Request"] ?? GobValue.Empty;
        var headers = Headers(request["Header"]);
        var response = new PluginResponse(writer);
        if (headers.Sum(h => h.Value.Count) > MostHeaders)
        {
            response.Status = TooManyHeaders;
            await response.Flush(cancel);
            return RpcValue.Nothing;
        }

        await hooks.Serve(
            new PluginRequest(
                request.TextOf("Method") is { Length: > 0 } method ? method : "GET",
                request["URL"] is GobValue.OpaqueValue url
                    ? System.Text.Encoding.UTF8.GetString(url.Value)
                    : "/",
                headers,
                headers
                    .FirstOrDefault(h =>
                        h.Key.Equals(UserHeader, StringComparison.OrdinalIgnoreCase)
                    )
                    .Value
                    is [{ Length: > 0 } user]
                    ? user
                    : null,
                request.TextOf("RemoteAddr"),
                body
            ),
            response,
            cancel
        );
        await response.Flush(cancel);
        return RpcValue.Nothing;
    }

    /// <summary>Set by Mattermost from the session, and taken away when there is none.</summary>
    private const string UserHeader = "Mattermost-User-Id";

    private static Dictionary<string, string> Texts(GobValue? map)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map is GobValue.MapValue pairs)
        {
            foreach (var (key, value) in pairs.Pairs)
            {
                if (key is GobValue.TextValue name && value is GobValue.TextValue text)
                {
                    texts[name.Value] = text.Value;
                }
            }
        }

        return texts;
    }

    private static List<KeyValuePair<string, IReadOnlyList<string>>> Headers(GobValue? map) =>
        map is GobValue.MapValue pairs
            ?
            [
                .. pairs
                    .Pairs.Where(p => p is { Key: GobValue.TextValue, Value: GobValue.ListValue })
                    .Select(p =>
                        KeyValuePair.Create(
                            ((GobValue.TextValue)p.Key).Value,
                            (IReadOnlyList<string>)
                                [
                                    .. ((GobValue.ListValue)p.Value)
                                        .Items.OfType<GobValue.TextValue>()
                                        .Select(t => t.Value),
                                ]
                        )
                    ),
            ]
            : [];
}
