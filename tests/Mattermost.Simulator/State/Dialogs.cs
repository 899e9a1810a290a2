using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Interactive dialogs: opened by integrations, filled in by clients, relayed back.</summary>
internal sealed class Dialogs(World world)
{
    private readonly Dictionary<string, OpenedDialog> open = new(StringComparer.Ordinal);

    private readonly Journal<OpenedDialog> newest = new(1_000);

    /// <summary>What a real server would only have logged about the dialogs it was asked to open.</summary>
    public Journal<string> Problems { get; } = new(1_000);

    public void Open(JsonElement request)
    {
        var (clientTrigger, userId) = world.Triggers.Verify(request.Str("trigger_id") ?? "");
        var dialog = request.Get("dialog") ?? Wire.EmptyObject;
        foreach (var problem in DialogRules.Problems(dialog, world.Version))
        {
            Problems.Add(problem);
        }

        var place = world.Triggers.PlaceOf(clientTrigger) ?? ("", "");
        var opened = OpenedDialog.Read(
            world.Version,
            clientTrigger,
            request.Str("url") ?? "",
            dialog
        ) with
        {
            UserId = userId,
            ChannelId = place.ChannelId,
            TeamId = place.TeamId,
        };
        newest.Add(opened);
        lock (world.Gate)
        {
            open[userId] = opened;
        }

        world.Changes.Signal();
        world.Hub.Publish(
            "open_dialog",
            Audience.User(userId),
            () =>
                new()
                {
                    ["dialog"] = Wire.Go(
                        opened.ToClientJson(world.Version).ToJsonString(Wire.Options)
                    ),
                }
        );
    }

    /// <summary>The form that a command or click opened, by the trigger that its client was told of.</summary>
    public OpenedDialog? OpenedWith(string clientTrigger) =>
        clientTrigger.Length == 0
            ? null
            : newest.Snapshot().LastOrDefault(d => d.TriggerId == clientTrigger);

    public OpenedDialog? OpenFor(string userId)
    {
        lock (world.Gate)
        {
            return open.GetValueOrDefault(userId);
        }
    }

    /// <summary>The user's client puts the dialog away, or shows the next step of it.</summary>
    public void Replace(string userId, OpenedDialog? next)
    {
        lock (world.Gate)
        {
            if (next is null)
            {
                open.Remove(userId);
            }
            else
            {
                open[userId] = next;
            }
        }

        world.Changes.Signal();
    }

    public async Task<JsonObject> SubmitAsync(User user, JsonElement request)
    {
        // Only the user's own client can say so.
        var isRefresh = world.Version.HasMultiStepDialogs && request.Str("type") == "refresh";
        var body = await RelayAsync(user, request, isRefresh ? "refresh" : "dialog_submission");
        if (body.Length == 0)
        {
            return [];
        }

        try
        {
            var answer = Wire.Parse(body);
            return
                answer.ValueKind is JsonValueKind.Object
                || !world.Version.ReadsDialogAnswersStrictly
                ? Answer(answer)
                : throw Unreadable();
        }
        catch (JsonException) when (!world.Version.ReadsDialogAnswersStrictly)
        {
            // A broken answer closed the dialog.
            return [];
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    /// <summary>What a list offers: the integration's items and nothing else of its answer.</summary>
    public async Task<JsonObject> LookUpAsync(User user, JsonElement request)
    {
        var body = await RelayAsync(user, request, "dialog_lookup");
        try
        {
            return new JsonObject
            {
                ["items"] =
                    body.Length > 0 && Wire.Parse(body).Get("items") is { } items
                        ? Wire.GoMap(items)
                        : null,
            };
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private Task<string> RelayAsync(User user, JsonElement request, string kind) =>
        world.Actions.PostAsync(
            request.Str("url")!,
            new JsonObject
            {
                ["type"] = kind,
                ["callback_id"] = request.Str("callback_id") ?? "",
                ["state"] = request.Str("state") ?? "",
                ["user_id"] = user.Id,
                ["channel_id"] = request.Str("channel_id") ?? "",
                ["team_id"] = request.Str("team_id") ?? "",
                ["submission"] = request.Get("submission") is { } values
                    ? Wire.GoMap(values)
                    : null,
                ["cancelled"] = request.Flag("cancelled") ?? false,
            }
        );

    private static RefusedException Unreadable() =>
        Refuse.With("app.submit_interactive_dialog.decode_json_error", 500);

    private JsonObject Answer(JsonElement body)
    {
        var answer = new JsonObject();
        if (body.Str("error") is { Length: > 0 } error)
        {
            answer["error"] = error;
        }

        if (
            body.Get("errors") is { ValueKind: JsonValueKind.Object } errors
            && errors.EnumerateObject().Any()
        )
        {
            answer["errors"] = Wire.GoMap(errors);
        }

        return world.Version.HasMultiStepDialogs ? WithStep(answer, body) : answer;
    }

    private JsonObject WithStep(JsonObject answer, JsonElement body)
    {
        var type = body.Str("type") ?? "";
        var form = body.Get("form") is { ValueKind: JsonValueKind.Object } given
            ? given
            : (JsonElement?)null;
        if (type is not ("" or "ok" or "form" or "navigate") || (type == "form" && form is null))
        {
            throw Refuse.With("app.submit_interactive_dialog.invalid_response", 400);
        }

        if (type.Length > 0)
        {
            answer["type"] = type;
        }

        if (type == "form")
        {
            answer["form"] = OpenedDialog
                .Read(world.Version, "", "", form!.Value)
                .ToClientJson(world.Version)["dialog"]!.DeepClone();
        }

        return answer;
    }
}
