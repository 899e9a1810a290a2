using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Features.Escalations.Domain;

namespace Sidecar.Features.Playbooks.Files;

/// <summary>Writes a playbook's file, so that <see cref="PlaybookReader"/> reads the same.</summary>
internal static class PlaybookWriter
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Playbook playbook)
    {
        var json = new JsonObject { ["name"] = playbook.Name };
        Put(json, "description", playbook.Description);
        Put(json, "updateEvery", playbook.UpdateEvery?.ToString());
        Put(json, "updateTemplate", playbook.UpdateTemplate);
        Put(json, "retrospectiveTemplate", playbook.RetrospectiveTemplate);
        Put(json, "channelName", playbook.ChannelName);
        Put(json, "severities", playbook.Severities);
        Put(json, "categories", playbook.Categories);
        json["stages"] = new JsonArray([
            .. playbook.Stages.Select(s => new JsonObject
            {
                ["title"] = s.Title,
                ["tasks"] = new JsonArray([.. s.Tasks.Select(Task)]),
            }),
        ]);
        return json.ToJsonString(Readable) + "\n";
    }

    private static JsonNode Task(PlaybookTask task)
    {
        var json = new JsonObject { ["title"] = task.Title };
        Put(json, "details", task.Details);
        Put(json, "command", task.Command);
        if (task.RepliesToCustomer)
        {
            json["repliesToCustomer"] = true;
        }

        if (task.DoneWhen is { } trigger)
        {
            json["doneWhen"] = PlaybookReader.Triggers.First(t => t.Trigger == trigger).Code;
        }

        Put(json, "dueAfterStart", task.DueAfterStart?.ToString());
        Put(json, "dueAfterResolution", task.DueAfterResolution?.ToString());
        return json.Count == 1 ? JsonValue.Create(task.Title) : json;
    }

    private static void Put(JsonObject json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json[name] = text;
        }
    }

    private static void Put(JsonObject json, string name, IReadOnlyCollection<string> codes)
    {
        if (codes.Count > 0)
        {
            json[name] = new JsonArray([.. codes.Select(c => JsonValue.Create(c))]);
        }
    }
}
