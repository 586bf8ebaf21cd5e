/**
 * The cloning vector pUC19, 2,686 base pairs, circular.
 * SEE: C. Yanisch-Perron, J. Vieira, J. Messing, Gene 33 (1985) 103; GenBank L09137.2, from whose base 1 it is written.
 */
export const PUC19 = `
tcgcgcgttt cggtgatgac ggtgaaaacc tctgacacat gcagctcccg gagacggtca
cagcttgtct gtaagcggat gccgggagca gacaagcccg tcagggcgcg tcagcgggtg
ttggcgggtg tcggggctgg cttaactatg cggcatcaga gcagattgta ctgagagtgc
accatatgcg gtgtgaaata ccgcacagat gcgtaaggag aaaataccgc atcaggcgcc
attcgccatt caggctgcgc aactgttggg aagggcgatc ggtgcgggcc tcttcgctat
tacgccagct ggcgaaaggg ggatgtgctg caaggcgatt aagttgggta acgccagggt
tttcccagtc acgacgttgt aaaacgacgg ccagtgaatt cgagctcggt acccggggat
cctctagagt cgacctgcag gcatgcaagc ttggcgtaat catggtcata gctgtttcct
gtgtgaaatt gttatccgct cacaattcca cacaacatac gagccggaag cataaagtgt
aaagcctggg gtgcctaatg agtgagctaa ctcacattaa ttgcgttgcg ctcactgccc
gctttccagt cgggaaacct gtcgtgccag ctgcattaat gaatcggcca acgcgcgggg
agaggcggtt tgcgtattgg gcgctcttcc gcttcctcgc tcactgactc gctgcgctcg
gtcgttcggc tgcggcgagc ggtatcagct cactcaaagg cggtaatacg gttatccaca
gaatcagggg ataacgcagg aaagaacatg tgagcaaaag gccagcaaaa ggccaggaac
cgtaaaaagg ccgcgttgct ggcgtttttc cataggctcc gcccccctga cgagcatcac
aaaaatcgac gctcaagtca gaggtggcga aacccgacag gactataaag ataccaggcg
tttccccctg gaagctccct cgtgcgctct cctgttccga ccctgccgct taccggatac
ctgtccgcct ttctcccttc gggaagcgtg gcgctttctc atagctcacg ctgtaggtat
ctcagttcgg tgtaggtcgt tcgctccaag ctgggctgtg tgcacgaacc ccccgttcag
cccgaccgct gcgccttatc cggtaactat cgtcttgagt ccaacccggt aagacacgac
ttatcgccac tggcagcagc cactggtaac aggattagca gagcgaggta tgtaggcggt
gctacagagt tcttgaagtg gtggcctaac tacggctaca ctagaagaac agtatttggt
atctgcgctc tgctgaagcc agttaccttc ggaaaaagag ttggtagctc ttgatccggc
aaacaaacca ccgctggtag cggtggtttt tttgtttgca agcagcagat tacgcgcaga
aaaaaaggat ctcaagaaga tcctttgatc ttttctacgg ggtctgacgc tcagtggaac
gaaaactcac gttaagggat tttggtcatg agattatcaa aaaggatctt cacctagatc
cttttaaatt aaaaatgaag ttttaaatca atctaaagta tatatgagta aacttggtct
gacagttacc aatgcttaat cagtgaggca cctatctcag cgatctgtct atttcgttca
tccatagttg cctgactccc cgtcgtgtag ataactacga tacgggaggg cttaccatct
ggccccagtg ctgcaatgat accgcgagac ccacgctcac cggctccaga tttatcagca
ataaaccagc cagccggaag ggccgagcgc agaagtggtc ctgcaacttt atccgcctcc
atccagtcta ttaattgttg ccgggaagct agagtaagta gttcgccagt taatagtttg
cgcaacgttg ttgccattgc tacaggcatc gtggtgtcac gctcgtcgtt tggtatggct
tcattcagct ccggttccca acgatcaagg cgagttacat gatcccccat gttgtgcaaa
aaagcggtta gctccttcgg tcctccgatc gttgtcagaa gtaagttggc cgcagtgtta
tcactcatgg ttatggcagc actgcataat tctcttactg tcatgccatc cgtaagatgc
ttttctgtga ctggtgagta ctcaaccaag tcattctgag aatagtgtat gcggcgaccg
agttgctctt gcccggcgtc aatacgggat aataccgcgc cacatagcag aactttaaaa
gtgctcatca ttggaaaacg ttcttcgggg cgaaaactct caaggatctt accgctgttg
agatccagtt cgatgtaacc cactcgtgca cccaactgat cttcagcatc ttttactttc
accagcgttt ctgggtgagc aaaaacagga aggcaaaatg ccgcaaaaaa gggaataagg
gcgacacgga aatgttgaat actcatactc ttcctttttc aatattattg aagcatttat
cagggttatt gtctcatgag cggatacata tttgaatgta tttagaaaaa taaacaaata
ggggttccgc gcacatttcc ccgaaaagtg ccacctgacg tctaagaaac cattattatc
atgacattaa cctataaaaa taggcgtatc acgaggccct ttcgtc`
  .replace(/\s/g, '')
  .toUpperCase();
