using Sidecar.Interactions;

namespace Sidecar.People;

/// <summary>
/// The people lately spoken of, in memory: at most twice <paramref name="generation"/>. Who was touched within the
/// latest generation is never forgotten, so a name made available stays so until it is shown.
/// </summary>
internal sealed class RecentPeople(int generation)
{
    private readonly Lock _gate = new();
    private Dictionary<UserId, KnownPerson> _young = [];
    private Dictionary<UserId, KnownPerson> _old = [];

    public KnownPerson? Find(UserId id)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(id, out var person))
            {
                return person;
            }

            return _old.TryGetValue(id, out person) ? Put(person) : null;
        }
    }

    /// <summary>Changes what is known of somebody, or makes them known.</summary>
    public KnownPerson Change(UserId id, Func<KnownPerson?, KnownPerson> change)
    {
        lock (_gate)
        {
            var known = _young.GetValueOrDefault(id) ?? _old.GetValueOrDefault(id);
            return Put(change(known));
        }
    }

    private KnownPerson Put(KnownPerson person)
    {
        if (_young.Count >= generation && !_young.ContainsKey(person.Id))
        {
            (_old, _young) = (_young, []);
        }

        return _young[person.Id] = person;
    }
}
