using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sidecar.Storage.Sqlite;
using Opening = (
    Sidecar.Tests.Storage.WatchedDisk Disk,
    string Path,
    nint Methods,
    bool FlushesNames
);

namespace Sidecar.Tests.Storage;

/// <summary>
/// SQLite's own way to the disk on Unix, with a watcher beside it: all that changes a file is told to a disk, which may
/// refuse it. Locks and the memory that readers and writer share go past it. The structures are those of
/// <see href="https://sqlite.org/c3ref/vfs.html"/> and <see href="https://sqlite.org/c3ref/io_methods.html"/>.
/// </summary>
internal sealed unsafe partial class SqliteVfs : IDisposable
{
    private const int IsCreate = 0x4;
    private const int IsDeletedOnClose = 0x8;
    private const int IsJournalOrLog = 0x800 | 0x4000 | 0x80000;
    private const int FaultOfWrite = 778;
    private const int FaultOfFlush = 1034;
    private const int FaultOfCut = 1546;

    private static readonly Vfs* Unix = FindUnix();
    private static readonly ConcurrentDictionary<nint, WatchedDisk> Disks = [];
    private static readonly ConcurrentDictionary<nint, Opening> Files = [];
    private static readonly ConcurrentDictionary<nint, nint> Watching = [];
    private static int _made;

    private readonly Vfs* _vfs;

    public SqliteVfs(WatchedDisk disk)
    {
        Name = string.Create(
            CultureInfo.InvariantCulture,
            $"watched-{Interlocked.Increment(ref _made)}"
        );
        _vfs = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *_vfs = *Unix;
        _vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        _vfs->Open = &Open;
        _vfs->Delete = &Delete;
        Disks[(nint)_vfs] = disk;
        Must(Register(_vfs, isDefault: 0));
    }

    /// <summary>By what it is opened.</summary>
    public string Name { get; }

    public void Dispose()
    {
        Must(Unregister(_vfs));
        Disks.TryRemove((nint)_vfs, out _);
        Marshal.FreeCoTaskMem((nint)_vfs->Name);
        NativeMemory.Free(_vfs);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, OpenFile* file, int flags, int* outFlags)
    {
        var path = name is null ? null : Marshal.PtrToStringUTF8((nint)name);
        var isNew = path is not null && (flags & IsCreate) != 0 && !File.Exists(path);
        var code = Unix->Open(Unix, name, file, flags, outFlags);
        if (code == 0 && path is not null && (flags & IsDeletedOnClose) == 0)
        {
            var disk = Disks[(nint)vfs];
            if (isNew)
            {
                disk.After(new DiskStep.Created(path));
            }

            // It flushes the directory of a journal and a log with the first flush of the file.
            var flushesNames = (flags & IsCreate) != 0 && (flags & IsJournalOrLog) != 0;
            Files[(nint)file] = (disk, path, (nint)file->Methods, flushesNames);
            file->Methods = (Methods*)Watching.GetOrAdd((nint)file->Methods, Watch);
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(Vfs* vfs, byte* name, int flushesNames)
    {
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var isThere = File.Exists(path);
        var code = Unix->Delete(Unix, name, flushesNames);
        if (code == 0 && isThere)
        {
            Disks[(nint)vfs].After(new DiskStep.Deleted(path));
            if (flushesNames != 0)
            {
                Disks[(nint)vfs].After(NamesFlushed(path));
            }
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* from, int amount, long at)
    {
        var opened = Files[(nint)file];
        if (IsRefused(opened))
        {
            return FaultOfWrite;
        }

        var code = ((Methods*)opened.Methods)->Write(file, from, amount, at);
        return Told(
            opened,
            code,
            new DiskStep.Written(opened.Path, at, new ReadOnlySpan<byte>(from, amount).ToArray())
        );
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Cut(OpenFile* file, long length)
    {
        var opened = Files[(nint)file];
        return IsRefused(opened)
            ? FaultOfCut
            : Told(
                opened,
                ((Methods*)opened.Methods)->Cut(file, length),
                new DiskStep.Cut(opened.Path, length)
            );
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Flush(OpenFile* file, int flags)
    {
        var opened = Files[(nint)file];
        if (IsRefused(opened))
        {
            return FaultOfFlush;
        }

        var code = ((Methods*)opened.Methods)->Flush(file, flags);
        Told(opened, code, new DiskStep.Flushed(opened.Path));
        if (code == 0 && opened.FlushesNames)
        {
            Files[(nint)file] = opened with { FlushesNames = false };
            opened.Disk.After(NamesFlushed(opened.Path));
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(OpenFile* file)
    {
        Files.TryRemove((nint)file, out var opened);
        return ((Methods*)opened.Methods)->Close(file);
    }

    private static bool IsRefused(Opening opened)
    {
        try
        {
            opened.Disk.Before(opened.Path);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static int Told(Opening opened, int code, DiskStep step)
    {
        if (code == 0)
        {
            opened.Disk.After(step);
        }

        return code;
    }

    private static DiskStep.NamesFlushed NamesFlushed(string path) =>
        new(Path.GetDirectoryName(path)!);

    /// <summary>The same methods, with those that change a file watched. There are a few of them, for as long as we live.</summary>
    private static nint Watch(nint methods)
    {
        var watching = (Methods*)NativeMemory.Alloc((nuint)sizeof(Methods));
        *watching = *(Methods*)methods;
        watching->Close = &Close;
        watching->Write = &Write;
        watching->Cut = &Cut;
        watching->Flush = &Flush;
        return (nint)watching;
    }

    private static Vfs* FindUnix()
    {
        _ = NativeSqlite.Version;
        var unix = Find(null);
        return unix->Version == 3
            ? unix
            : throw new InvalidOperationException("SQLite's structures are not those known here.");
    }

    private static void Must(int code)
    {
        if (code != 0)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"SQLite answered {code}.")
            );
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Vfs* Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(Vfs* vfs, int isDefault);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_unregister")]
    private static partial int Unregister(Vfs* vfs);

    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int SizeOfFile;
        public int LongestPath;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenFile*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public fixed long Others[14];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public Methods* Methods;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public void* Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Cut;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Flush;
        public fixed long Others[13];
    }
}
