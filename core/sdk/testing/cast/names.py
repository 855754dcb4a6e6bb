"""Names of people from many places, and made-up companies, schools and towns."""

FIRST: tuple[str, ...] = (
    "Amara", "Mateo", "Yuki", "Lena", "Omar", "Priya", "Jonas", "Zofia", "Kwame", "Ines", "Dmitri", "Aisha",
    "Liam", "Nguyen", "Chiara", "Tomasz", "Fatima", "Erik", "Mei", "Santiago", "Leila", "Oluwaseun", "Hannah",
    "Ravi", "Sofia", "Ibrahim", "Katarzyna", "Daniel", "Thandi", "Pavel", "Elif", "Joao", "Anneke", "Bashir",
    "Camille", "Dariusz", "Emeka", "Freya", "Giorgos", "Halima", "Isak", "Jelena", "Kofi", "Lucia", "Marek",
    "Nadia", "Oskar", "Paloma", "Quentin", "Rosa", "Stefan", "Tamar", "Uche", "Vera", "Wiktor", "Ximena",
    "Yusuf", "Zeynep", "Björn", "Élodie", "Søren", "Łukasz", "Şirin", "Márta",
)  # fmt: skip
LAST: tuple[str, ...] = (
    "Okafor", "Rivera", "Tanaka", "Brandt", "Haddad", "Sharma", "Weil", "Kowalska", "Mensah", "Duarte", "Volkov",
    "Rahman", "O'Connor", "Tran", "Lenz", "Nowak", "Al-Sayed", "Lindqvist", "Chen", "Morales", "Farahani",
    "Adeyemi", "Fischer", "Patel", "Romano", "Traoré", "Wiśniewska", "Cohen", "Nkosi", "Horák", "Yılmaz",
    "Ferreira", "de Vries", "Qureshi", "Laurent", "Zieliński", "Eze", "Nielsen", "Papadakis", "Abdi", "Berg",
    "Petrović", "Asante", "García", "Dvořák", "Haidari", "Johansson", "Ortega", "Dubois", "Silva", "Ivanov",
    "Beridze", "Obi", "Kuznetsova", "Szabó", "Castro", "Demir", "Kaya", "Sjöberg", "Moreau", "Jørgensen",
    "Wójcik", "Aydın", "Kiss", "Hughes", "Park", "Suzuki", "Kaur", "Nasser", "Mwangi",
)  # fmt: skip
COMPANIES: tuple[str, ...] = (
    "Quay Systems", "Blue Heron Labs", "Orchard & Sons", "Northwind Parts", "Paperboat Media", "Stonebridge Group",
    "Alder Health", "Copperfield Foods", "Silver Birch Logistics", "Tidewater Energy", "Maple Street Clinic",
    "Granite Works", "Redwood Retail", "Lighthouse Insurance", "Meadow Schools Trust", "Harbour Tools",
    "Skylark Travel", "Willow Bank", "Ironwood Machines", "Clearwater Council",
)  # fmt: skip
SCHOOLS: tuple[str, ...] = (
    "Harbour University", "Northfield University", "Lakeside College", "Riverbend Polytechnic",
    "University of Eastmoor", "Hillcrest Institute of Technology", "Southgate Academy", "Ashford College",
)  # fmt: skip
TOWNS: tuple[str, ...] = (
    "Berlin", "Porto", "Leeds", "Kraków", "Malmö", "Cork", "Lyon", "Utrecht", "Brno", "Bilbao", "Graz", "Aarhus",
)  # fmt: skip
SOURCES: tuple[str, ...] = ("Company website", "LinkedIn", "Indeed", "Referral", "Job fair")
