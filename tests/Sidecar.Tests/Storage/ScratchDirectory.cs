namespace Sidecar.Tests.Storage;

/// <summary>A directory of a test's own, made when it is first used and gone when the test is.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private readonly Lazy<DirectoryInfo> _directory = new(() =>
        Directory.CreateTempSubdirectory("escalate-test-")
    );

    public string this[string name] => Path.Combine(_directory.Value.FullName, name);

    public void Dispose()
    {
        if (_directory.IsValueCreated)
        {
            _directory.Value.Delete(recursive: true);
        }
    }
}
