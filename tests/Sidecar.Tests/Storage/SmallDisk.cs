using System.Diagnostics;
using Xunit;

namespace Sidecar.Tests.Storage;

/// <summary>A file system in memory that is full soon; needs the rights of root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(string path, int megabytes)
    {
        var disk = TryMount(path, megabytes);
        Assert.SkipUnless(disk is not null, "A small disk can only be mounted by root on Linux.");
        return disk!;
    }

    /// <summary>Null where nobody may mount.</summary>
    public static SmallDisk? TryMount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        return
            OperatingSystem.IsLinux()
            && Environment.IsPrivilegedProcess
            && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path)
            ? new SmallDisk(path)
            : null;
    }

    public void Fill(string file)
    {
        using var ballast = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        try
        {
            while (new DriveInfo(Path).AvailableFreeSpace > 0)
            {
                ballast.Write(new byte[4096]);
                ballast.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    public void Dispose() => Run("umount", "-l", Path);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
