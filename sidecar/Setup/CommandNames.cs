namespace Sidecar.Setup;

/// <summary>The commands as a person types them, for messages that name one.</summary>
internal static class CommandNames
{
    private const string Program = "dotnet run --project sidecar --";

    public const string Run = $"{Program} run";
    public const string Install = $"{Program} install";
    public const string Doctor = $"{Program} doctor";
    public const string Backup = $"{Program} backup";
    public const string Export = $"{Program} export";
    public const string Restore = $"{Program} restore";
    public const string Import = $"{Program} import";
    public const string Store = $"{Program} store";
    public const string Settings = $"{Program} settings";
}
