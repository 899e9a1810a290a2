using System.Text;

namespace Sidecar.Storage.Files;

/// <summary>What a join asks of an engine, all of it at one moment.</summary>
internal interface IJoinSource
{
    /// <summary>The first entry under a prefix at a place, or behind it, as the rest of its key and its id.</summary>
    IndexPosition? FirstUnder(IndexJoin join, IndexKey prefix, IndexPosition place, bool isIn);

    StoredDocument? Document(DocumentKey key);
}

/// <summary>
/// Finds what several parts of an index have in common by leaping: each part names its first place that is not in front
/// of where the others are, so whatever lies between is never looked at. It costs at the most as many steps as the
/// shortest part has entries, for each part.
/// </summary>
internal static class LeapingJoin
{
    public static IndexJoinPage Read(IJoinSource source, IndexJoin join)
    {
        ArgumentOutOfRangeException.ThrowIfZero(join.AllOf.Count, nameof(join));
        return new Leaping(source, join).Read();
    }

    private sealed class Leaping
    {
        private readonly IJoinSource _source;
        private readonly IndexJoin _join;
        private readonly Alternatives[] _parts;
        private readonly List<IndexedDocument> _found = [];
        private int _steps;

        public Leaping(IJoinSource source, IndexJoin join)
        {
            _source = source;
            _join = join;
            _parts =
            [
                .. join.AllOf.Select(prefixes => new Alternatives([
                    .. prefixes.Select(prefix => new IndexPart(source, join, prefix)),
                ])),
            ];
        }

        public IndexJoinPage Read()
        {
            var from = _join.After is { } after ? new Bound(after, IsIn: false) : default(Bound?);
            while (_found.Count < _join.Limit && First(from) is { } candidate)
            {
                var furthest = Furthest(candidate);
                if (furthest is null)
                {
                    break;
                }

                var isCommon = furthest == candidate;
                if (isCommon)
                {
                    Add(candidate);
                }

                if (_steps >= _join.Steps && _found.Count < _join.Limit)
                {
                    return new IndexJoinPage(_found, candidate, _steps);
                }

                from = new Bound(furthest.Value, IsIn: !isCommon);
            }

            return new IndexJoinPage(_found, StoppedAt: null, _steps);
        }

        private IndexPosition? First(Bound? from) => _parts[0].Leap(from, ref _steps);

        /// <summary>The candidate itself when all parts have it; else a place before which they have nothing in common.</summary>
        private IndexPosition? Furthest(IndexPosition candidate)
        {
            var bound = new Bound(candidate, IsIn: true);
            foreach (var part in _parts.AsSpan(1))
            {
                if (part.Leap(bound, ref _steps) is not { } place)
                {
                    return null;
                }

                if (place != candidate)
                {
                    return place;
                }
            }

            return candidate;
        }

        private void Add(IndexPosition place)
        {
            var key = new DocumentKey(_join.Kind, place.Id);
            if (_source.Document(key) is { } document)
            {
                _found.Add(new IndexedDocument(document, place.Key));
            }
        }
    }

    /// <summary>Several prefixes that count as one part; its places are those of all of them, in order.</summary>
    private sealed class Alternatives(IndexPart[] prefixes)
    {
        /// <summary>The first place within the bound; bounds never move towards the front.</summary>
        public IndexPosition? Leap(Bound? from, ref int steps)
        {
            IndexPosition? first = null;
            foreach (var prefix in prefixes)
            {
                var place = prefix.Leap(from, ref steps);
                if (place is { } there && (first is not { } best || Bound.Compare(there, best) < 0))
                {
                    first = place;
                }
            }

            return first;
        }
    }

    /// <summary>The entries behind one prefix; a place in it is the rest of a key.</summary>
    private sealed class IndexPart(IJoinSource source, IndexJoin join, IndexKey prefix)
    {
        private IndexPosition? _place;
        private bool _asked;

        public IndexPosition? Leap(Bound? from, ref int steps)
        {
            if (!_asked || (_place is { } place && from is { } bound && !bound.Holds(place)))
            {
                steps++;
                _asked = true;
                _place = Ask(from ?? new Bound(default, IsIn: true));
            }

            return _place;
        }

        private IndexPosition? Ask(Bound from) =>
            source.FirstUnder(join, prefix, from.Place, from.IsIn);
    }

    /// <summary>Where a part may begin to look: at a place, or behind it.</summary>
    private readonly record struct Bound(IndexPosition Place, bool IsIn)
    {
        public bool Holds(IndexPosition place) => Compare(place, Place) >= (IsIn ? 0 : 1);

        public static int Compare(IndexPosition left, IndexPosition right)
        {
            var byKey = left.Key.CompareTo(right.Key);
            return byKey != 0 ? byKey : CompareIds(left.Id, right.Id);
        }

        // By their UTF-8 bytes, as the tables do; .NET's ordinal order differs beyond the first 65,536 characters.
        private static int CompareIds(string left, string right) =>
            string.Equals(left, right, StringComparison.Ordinal)
                ? 0
                : Encoding
                    .UTF8.GetBytes(left)
                    .AsSpan()
                    .SequenceCompareTo(Encoding.UTF8.GetBytes(right));
    }
}
