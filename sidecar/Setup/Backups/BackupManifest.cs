using System.Text.Json;
using System.Text.Json.Serialization;
using Sidecar.Setup.Settings;
using Sidecar.Storage.Files;

namespace Sidecar.Setup.Backups;

/// <summary>The first entry of a backup: says what the file is, before anything in it is believed.</summary>
/// <param name="Format">Of the archive; a program refuses numbers it does not know.</param>
/// <param name="Version">Of the program that wrote it.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="HasSecrets">Keys and <c>secrets.json</c> are in it.</param>
internal sealed record BackupManifest(
    int Format,
    string Version,
    DateTimeOffset MadeAt,
    bool HasSecrets
)
{
    public const int Known = 2;

    /// <summary>Releases that only know the first format only know SQLite.</summary>
    public static int FormatFor(StoreKind kind) => kind == StoreKind.Sqlite ? 1 : Known;

    /// <summary>Whether an entry is the store, of whichever engine.</summary>
    public static bool IsStore(string entry) =>
        Enum.GetValues<StoreKind>().Any(kind => entry == StoreFiles.NameOf(kind));

    public const string Entry = "escalate-backup.json";

    public const string SecretsEntry = "secrets.json";

    public const string SettingsEntry = SettingsFile.Name;

    public const string KeysFolder = "keys/";

    /// <summary>The team's own playbooks, which lie beside the settings.</summary>
    public const string PlaybooksFolder = "playbooks/";

    /// <summary>Calendars that the settings name, as far as they lie beside them.</summary>
    public const string CalendarEnding = ".ics";

    public byte[] ToBytes() =>
        JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupManifest);

    /// <summary>Null when it is no manifest.</summary>
    public static BackupManifest? Parse(Stream content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, BackupJson.Default.BackupManifest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
