using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.MySummary;
using Sidecar.Features.Panel;
using Sidecar.Tests.Rules;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>
/// <c>webapp-stub/wire.json</c> says what goes over the wire, as the sidecar's own records have it; the panel's types and
/// its reader are made of that file, and a test there holds that they are. With <c>GOLDEN=write</c> it is written anew.
/// </summary>
public sealed class PanelWireTests
{
    private static readonly string Path = System.IO.Path.Combine(
        Repository.Root,
        "webapp-stub/wire.json"
    );

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_description_of_the_wire_is_what_the_sidecar_writes_and_reads()
    {
        var described = Describe().ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("GOLDEN") == "write")
        {
            File.WriteAllText(Path, described);
        }

        File.ReadAllText(Path)
            .ReplaceLineEndings("\n")
            .ShouldBe(
                described,
                "Write it anew with GOLDEN=write, then run: npm --prefix webapp-stub run wire"
            );
    }

    private static JsonObject Describe()
    {
        var types = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        Add(types, typeof(PanelRequest));
        Add(types, typeof(PanelAnswer));
        return new JsonObject
        {
            ["version"] = PanelRequest.Version,
            ["mark"] = $"{PanelRequest.Mark}",
            ["types"] = new JsonObject(
                types.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))
            ),
            ["labels"] = new JsonObject
            {
                ["states"] = Labels(Vocabulary.States.Where(t => t.Value != EscalationState.New)),
                ["categories"] = Labels(Vocabulary.Categories),
                ["impacts"] = Labels(Vocabulary.Impacts),
                ["efforts"] = Labels(Vocabulary.Efforts),
            },
            ["codes"] = new JsonObject
            {
                ["act"] = Codes<PanelAct>(),
                ["taskState"] = Codes<TaskState>(),
                ["urgency"] = Codes<Urgency>(),
                ["kind"] = Codes<AssignmentKind>(),
                ["assignmentState"] = Codes<AssignmentState>(),
                ["part"] = Codes<AssignmentPart>(),
                ["customerPart"] = Codes<CustomerPart>(),
                ["problem"] = new JsonArray(
                    PanelProblem.Version,
                    PanelProblem.NotUnderstood,
                    PanelProblem.NotFound,
                    PanelProblem.MayNot
                ),
            },
        };
    }

    private static JsonObject Labels<T>(IEnumerable<Term<T>> terms) =>
        new(terms.Select(t => KeyValuePair.Create(t.Code, (JsonNode?)JsonValue.Create(t.Label))));

    private static JsonArray Codes<T>()
        where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(v => (JsonNode)JsonValue.Create(PanelActs.NameOf(v)))];

    private static void Add(SortedDictionary<string, JsonObject> types, Type type)
    {
        if (types.ContainsKey(Name(type)))
        {
            return;
        }

        var described = types[Name(type)] = [];
        foreach (var property in PanelJson.Default.GetTypeInfo(type)!.Properties)
        {
            if (property is { Get: null, Set: null })
            {
                continue;
            }

            described[property.Name] = Write(types, property);
        }
    }

    private static string Write(
        SortedDictionary<string, JsonObject> types,
        JsonPropertyInfo property
    )
    {
        var type = property.PropertyType;
        var isOptional = property.IsGetNullable;
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            (type, isOptional) = (value, true);
        }

        var isList = type.IsGenericType;
        var of = isList ? type.GetGenericArguments()[0] : type;
        return $"{Named(types, of)}{(isList ? "[]" : "")}{(isOptional ? "?" : "")}";
    }

    private static string Named(SortedDictionary<string, JsonObject> types, Type type)
    {
        if (type == typeof(string))
        {
            return "text";
        }

        if (type == typeof(bool))
        {
            return "flag";
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return "number";
        }

        Add(types, type);
        return Name(type);
    }

    /// <summary>Without what all of them are called by.</summary>
    private static string Name(Type type) => type.Name["Panel".Length..];
}
