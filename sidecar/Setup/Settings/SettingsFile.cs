using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.Interactions;
using Sidecar.Settings;

namespace Sidecar.Setup.Settings;

/// <summary>
/// <c>settings.json</c>: what an administrator changes about the product, one section per part of it. JSON in which
/// comments and trailing commas are allowed. It need not be there, and what it leaves out keeps its default.
/// </summary>
internal sealed class SettingsFile(string path)
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        // The second would win, and who wrote the first would wonder.
        AllowDuplicateProperties = false,
    };

    /// <summary>The name in the data directory.</summary>
    public const string Name = "settings.json";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public bool Exists => File.Exists(Path);

    /// <summary>The one in a data directory, unless another is named.</summary>
    /// <exception cref="SetupException">One is named and is not there.</exception>
    public static SettingsFile In(string dataDirectory, string? named)
    {
        var file = new SettingsFile(named ?? System.IO.Path.Combine(dataDirectory, Name));
        return named is null || file.Exists
            ? file
            : throw new SetupException(
                $"There is no settings file {file.Path}.",
                $"Name the right one with --settings, or leave that out: {Name} in the data directory is used when it is there."
            );
    }

    /// <summary>Reads it and makes the settings available to the parts.</summary>
    /// <exception cref="SetupException">It can't be read, or something in it is wrong; lists everything that is.</exception>
    public void Use(IReadOnlyList<RegisteredSettings> sections)
    {
        var reading = Read(sections);
        if (reading.HasProblems)
        {
            throw Refused(reading);
        }

        foreach (var section in sections)
        {
            section.Use(reading.Values[section.Section]);
            section.Files?.Use(reading.Files[section.Section]);
        }
    }

    /// <summary>Reads it without using it.</summary>
    /// <exception cref="SetupException">It can't be read at all.</exception>
    public SettingsReading Read(IReadOnlyList<RegisteredSettings> sections) =>
        SettingsReading.Of(Parse(), sections, new DataFolders(Folder));

    /// <summary>The settings as the file would say them.</summary>
    public static string Write(
        IReadOnlyList<RegisteredSettings> sections,
        Func<RegisteredSettings, object> values
    )
    {
        var all = new JsonObject();
        foreach (var section in sections)
        {
            all[section.Section] = JsonSerializer.SerializeToNode(values(section), section.Json);
        }

        return all.ToJsonString(
            new JsonSerializerOptions
            {
                WriteIndented = true,
                Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
    }

    /// <summary>How all problems are told together.</summary>
    public SetupException Refused(SettingsReading reading)
    {
        List<string> problems = [.. reading.Problems, .. reading.FileProblems];
        var what =
            reading.Problems.Count > 0 ? Path : $"What lies beside {SettingsFile.Name} in {Folder}";
        return new SetupException(
            problems.Count == 1
                ? $"{what} can't be used: {problems[0]}"
                : $"{what} can't be used, for {problems.Count} reasons:{string.Concat(problems.Select(p => $"\n    - {p}"))}",
            $"Fix that and start again. What can be set, with all defaults, is shown by: {CommandNames.Settings} --defaults"
        );
    }

    private string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>What it says; an empty object when it is not there.</summary>
    /// <exception cref="SetupException">It can't be read.</exception>
    public JsonElement Parse()
    {
        try
        {
            return Parse(Exists ? File.ReadAllText(Path) : "{}");
        }
        catch (JsonException broken)
        {
            throw new SetupException(
                $"{Path} is not JSON: {Explain(broken)}",
                "Fix that line, or move the file away to run with the defaults.",
                broken
            );
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                $"{Path} can't be read: {denied.Message}",
                "Let the user who runs the sidecar read it.",
                denied
            );
        }
    }

    /// <summary>JSON in which comments and trailing commas are allowed.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Lenient);
        // Written out once, so that comments are gone for whatever reads parts of it.
        var plain = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(plain))
        {
            document.RootElement.WriteTo(writer);
        }

        return JsonElement.Parse(plain.WrittenSpan);
    }

    /// <summary>What is wrong, and where.</summary>
    public static string Explain(JsonException broken)
    {
        var sentence = broken.Message.Split(" LineNumber:")[0].TrimEnd('.');
        return broken is { LineNumber: { } line, BytePositionInLine: { } at }
            ? $"{sentence} (line {line + 1}, byte {at + 1})."
            : $"{sentence}.";
    }
}
