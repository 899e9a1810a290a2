using LiteDB;
using LiteDB.Engine;

namespace Sidecar.Storage.LiteDb;

/// <summary>How LiteDB is opened.</summary>
internal static class LiteDbSettings
{
    public static LiteEngine Open(DataFile data, PageLog log)
    {
        var engine = new LiteEngine(
            new EngineSettings
            {
                DataStream = data,
                LogStream = log,
                TempStream = new MemoryStream(),
                // By bytes: LiteDB's own order of texts depends on the machine's languages.
                Collation = Collation.Binary,
            }
        );
        // LiteDB would checkpoint on its own before the log is on disk.
        if (engine.Pragma(Pragmas.CHECKPOINT).AsInt32 != 0)
        {
            engine.Pragma(Pragmas.CHECKPOINT, 0);
        }

        return engine;
    }
}
