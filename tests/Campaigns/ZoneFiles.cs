using Sidecar.Tests.Harness;

namespace Campaigns;

/// <summary>A copy of the machine's rules of time zones, which this process reads in place of them: it can be changed.</summary>
internal sealed class ZoneFiles : IDisposable
{
    private const string Variable = "TZDIR";
    private const string Changing = "America/New_York";
    private const string Other = "America/Halifax";

    private readonly TemporaryFolder _folder = new();
    private readonly string _machine;
    private bool _isChanged;

    private ZoneFiles(string machine) => _machine = machine;

    public static ZoneFiles? TryCopy()
    {
        const string usual = "/usr/share/zoneinfo";
        if (!File.Exists(Path.Combine(usual, Changing)))
        {
            return null;
        }

        var files = new ZoneFiles(usual);
        foreach (var file in Directory.EnumerateFiles(usual, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(files._folder.Path, Path.GetRelativePath(usual, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Environment.SetEnvironmentVariable(Variable, files._folder.Path);
        TimeZoneInfo.ClearCachedData();
        return files;
    }

    /// <summary>New York has other clocks from now on, or those that it had.</summary>
    public void Change()
    {
        _isChanged = !_isChanged;
        File.Copy(
            Path.Combine(_machine, _isChanged ? Other : Changing),
            Path.Combine(_folder.Path, Changing),
            overwrite: true
        );
        TimeZoneInfo.ClearCachedData();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        TimeZoneInfo.ClearCachedData();
        _folder.Dispose();
    }
}
