namespace Sidecar.Tests.Storage.Sqlite;

/// <summary>A directory of a test's own, gone when the test is.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("escalate-test-");

    public string this[string name] => Path.Combine(_directory.FullName, name);

    public void Dispose() => _directory.Delete(recursive: true);
}
