using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mattermost.Simulator;

/// <summary>Interactive dialogs: opened by integrations, filled in by clients, relayed back.</summary>
internal sealed class Dialogs(World world)
{
    private readonly Dictionary<string, OpenedDialog> open = new(StringComparer.Ordinal);

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
        var opened = OpenedDialog.Read(clientTrigger, request.Str("url") ?? "", dialog) with
        {
            UserId = userId,
            ChannelId = place.ChannelId,
            TeamId = place.TeamId,
        };
        lock (world.Gate)
        {
            open[userId] = opened;
        }

        world.Changes.Signal();
        world.Hub.Publish(
            "open_dialog",
            Audience.User(userId),
            () => new() { ["dialog"] = Wire.Go(opened.ToClientJson().ToJsonString(Wire.Options)) }
        );
    }

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

    public async Task<JsonObject> SubmitAsync(User user, JsonElement request, string kind)
    {
        var forwarded = new JsonObject
        {
            ["type"] = kind,
            ["callback_id"] = request.Str("callback_id") ?? "",
            ["state"] = request.Str("state") ?? "",
            ["user_id"] = user.Id,
            ["channel_id"] = request.Str("channel_id") ?? "",
            ["team_id"] = request.Str("team_id") ?? "",
            ["submission"] = request.Get("submission") is { } values ? Wire.GoMap(values) : null,
            ["cancelled"] = request.Flag("cancelled") ?? false,
        };
        var body = await world.Actions.PostAsync(request.Str("url")!, forwarded);
        try
        {
            return Answer(Wire.Parse(body));
        }
        catch (JsonException)
        {
            // An empty or broken answer closes the dialog.
            return [];
        }
    }

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

        if (body.Get("items") is { ValueKind: JsonValueKind.Array } items)
        {
            answer["items"] = Wire.GoMap(items);
        }

        if (world.Version.HasMultiStepDialogs && body.Str("type") is { Length: > 0 } type)
        {
            answer["type"] = type;
            if (body.Get("form") is { ValueKind: JsonValueKind.Object } form)
            {
                answer["form"] = OpenedDialog.Read("", "", form).ToClientJson()[
                    "dialog"
                ]!.DeepClone();
            }
        }

        return answer;
    }
}
