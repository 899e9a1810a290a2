namespace Sidecar.Storage.LiteDb;

/// <summary>What an administrator reads when the disk does not take what is written.</summary>
internal static class DiskTrouble
{
    private const int NoSpaceOnUnix = 28;
    private const int QuotaOnUnix = 122;
    private const int NoSpaceOnWindows = unchecked((int)0x8007_0070);
    private const int NoHandleSpaceOnWindows = unchecked((int)0x8007_0027);

    public static string Says(Exception reason, string path) =>
        IsFull(reason)
            ? $"The disk that holds {path} is full. Free some space: reading goes on, and writing resumes by itself."
        : reason is UnauthorizedAccessException
            ? $"{path} can't be written: the file, its directory or the disk is read-only for this user ({reason.Message})."
        : $"Writing {path} failed on the disk's side. Look at the disk and the system's log ({reason.Message}).";

    public static IOException Full() => new("No space left on device", NoSpaceOnUnix);

    private static bool IsFull(Exception reason) =>
        reason is IOException
        && reason.HResult
            is NoSpaceOnUnix
                or QuotaOnUnix
                or NoSpaceOnWindows
                or NoHandleSpaceOnWindows;
}
